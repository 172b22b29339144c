"""Why a mail did not leave, as a code without anybody's address or text, and whether trying again could help."""

from dataclasses import dataclass
from typing import Final

import aiosmtplib

from activities.press import RenderError

# RFC 4954 section 6 and RFC 3207: what such a reply refuses is our session, not the mail.
_OF_THE_SESSION: Final = frozenset({503, 530, 534, 535, 538})
_CLOSING: Final = 421
_TOO_LARGE: Final = 552  # RFC 1870: said to MAIL FROM already


@dataclass(frozen=True)
class Failure:
    """Why a mail did not leave.

    `reason` names the kind of error, with the server's code. `final`: the same mail would be refused again. `hung_up`:
    the server ended the connection.
    """

    reason: str
    final: bool = False
    hung_up: bool = False


def failure_of(error: Exception) -> Failure:
    """What an error while writing or sending a mail means for that mail.

    A server's 5yz to the recipient or to the message is its last word on this mail (RFC 5321 section 4.2.1). A 5yz to
    the sender or to our sign-in is about our settings, which an operator mends: those mails wait.
    """
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients:
        error = error.recipients[0]  # each mail has one
    kind = type(error).__name__
    if isinstance(error, RenderError):
        return Failure(f"{kind} {error.kind}.{error.field}", final=True)
    if not isinstance(error, aiosmtplib.SMTPResponseException):
        for_ever = isinstance(error, ValueError | aiosmtplib.SMTPNotSupported)
        return Failure(kind, for_ever, isinstance(error, aiosmtplib.SMTPServerDisconnected))
    of_the_mail = (
        isinstance(error, aiosmtplib.SMTPRecipientRefused | aiosmtplib.SMTPDataError) or error.code == _TOO_LARGE
    )
    last_word = 500 <= error.code <= 599 and error.code not in _OF_THE_SESSION
    return Failure(f"{kind} {error.code}", of_the_mail and last_word, error.code == _CLOSING)
