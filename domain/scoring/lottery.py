"""The lot as last resort: an order that nobody can steer and anybody can compute again with `sha256sum`.

The ceremony, announced beforehand in the system of the selection:

1. The ranking is final and the tied candidates' numbers stand in the minutes. Whoever keeps the secret, such as the
   chair, writes down a secret text and has `commitment(secret)` printed in the minutes. From now on it is bound.
2. A public value is named that does not exist yet, such as the closing figure of an index on a coming day.
3. On that day the secret is read out. `seed_from` checks it against the commitment and joins it to the public value:
   the keeper could not know the value when he chose the secret, and the public could not know the secret.
4. Every tied candidate's ticket is the SHA-256 of `seed|number`; the smallest ticket goes first:
   `printf '%s' 'SEED|NUMBER' | sha256sum`.

No regulation knows of this (law.md W-13): it binds only where it was published before the scores were known.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.rulebook import applies
from domain.rules import RuleSet
from domain.scoring import ScoringError

LOTTERY: Final = "lottery"
"""What a tie is said to be broken by, beside the components."""


class LotteryError(ScoringError):
    """The seed is empty, the secret is not the one that was bound, or a number stands twice."""


@dataclass(frozen=True)
class Ticket:
    """A candidate's lot: the place in the order, from 1, and the hash that decides it."""

    candidate: str
    place: int
    sha256: str


@applies("tie_break.lottery")
def lottery_allowed(rules: RuleSet) -> bool:
    """Whether a lot may separate what no component does; where not, equal candidates share a rank (W-13)."""
    return rules.has("tie_break.lottery") and rules.flag("tie_break.lottery")


def commitment(secret: str) -> str:
    """The SHA-256 of a secret, which binds its keeper without telling it."""
    return _sha256(secret)


def seed_from(secret: str, public_value: str, committed: str) -> str:
    """The seed out of a secret and a value that became public after the secret was bound: SHA-256 of `secret|value`.

    Raises:
        LotteryError: the secret is not the one of the commitment, or one of the two is empty.
    """
    if not secret or not public_value:
        raise LotteryError("the secret and the public value must both be given")
    if not hmac.compare_digest(commitment(secret), committed.strip().lower()):
        raise LotteryError("the secret is not the one that was bound")
    return _sha256(f"{secret}|{public_value}")


def ticket(seed: str, candidate: str) -> str:
    """A candidate's lot: the SHA-256 of `seed|candidate` in UTF-8, as 64 small hexadecimal digits."""
    return _sha256(f"{seed}|{candidate}")


def draw(seed: str, candidates: Iterable[str]) -> tuple[Ticket, ...]:
    """All tickets in the order of the lot, the smallest hash first.

    Raises:
        LotteryError: the seed is empty, or a candidate stands twice.
    """
    numbers = list(candidates)
    if not seed:
        raise LotteryError("a lot needs a seed")
    if len(set(numbers)) != len(numbers):
        raise LotteryError("a candidate stands twice in the lot")
    drawn = sorted((ticket(seed, number), number) for number in numbers)
    return tuple(Ticket(number, place, lot) for place, (lot, number) in enumerate(drawn, start=1))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
