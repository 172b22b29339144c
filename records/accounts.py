"""Accounts, sign-in and bearer tokens. Expiry and slowing down run on real time; only hashes are kept."""

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.dates import add_years
from domain.nip import Declared, Nip, NipWarning, number_length, parse_nip
from domain.refusals import Refused
from domain.rules import RuleSet, refuse
from records import mail
from records.audit import PLATFORM, Author, Writer
from records.database import Database
from records.tables import AccessToken, Account, Agency, Person, SignInAttempt

TOKEN_LIFE: Final = timedelta(hours=12)
_FREE_ATTEMPTS: Final = 5  # failures before the first wait
_FIRST_WAIT: Final = 30  # seconds; doubles with each further failure
_LONGEST_WAIT: Final = 15 * 60
_FORGOTTEN_AFTER: Final = timedelta(hours=1)
_PASSWORD_LENGTH: Final = 12
_AT_ONCE: Final = 4  # passwords that are hashed at the same time
_AGES: Final = (17, 90)  # years; outside them a birth date is a slip of the pen


@dataclass(frozen=True)
class SignedIn:
    """A fresh token; it is shown once."""

    token: str
    expires_at: datetime
    person_id: str


@dataclass(frozen=True)
class SignUp:
    """What a candidate gives to get an account; his password checked and hashed before any transaction."""

    nip: str
    name: str
    mail: str
    birth_date: date
    password_hash: str
    agency_id: str | None = None


class Passwords:
    """Argon2id with the installation's cost; an unknown login costs the same as a known one.

    A few are hashed at a time and the others wait: each takes 64 MiB, and forty requests at once would end the process.
    """

    def __init__(self, time_cost: int, memory_kib: int, parallelism: int) -> None:
        self._hasher = PasswordHasher(time_cost, memory_kib, parallelism)
        self._slots = threading.BoundedSemaphore(_AT_ONCE)
        self._dummy = self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._slots:
            return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; takes as long where there is no account."""
        try:
            with self._slots:
                return self._hasher.verify(stored or self._dummy, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made at another cost."""
        return self._hasher.check_needs_rehash(stored)


def sign_in(database: Database, passwords: Passwords, login: str, password: str, now: datetime) -> SignedIn:
    """A token for a login. The attempt is counted before the password is looked at, so guesses cannot run in parallel.

    Raises:
        Refused: `sign-in-failed`, or `sign-in-slowed` after repeated failures.
    """
    login_sha256 = hashlib.sha256(_plain(login).encode()).hexdigest()
    with database.write() as writer:
        wait = _wait(writer.session, login_sha256, now)
        if wait <= 0:
            writer.session.add(SignInAttempt(login_sha256=login_sha256, at=now))
    if wait > 0:
        raise Refused("sign-in-slowed", seconds=str(wait))
    with database.read() as session:
        query = select(Account).where(col(Account.login) == _plain(login))
        account = session.exec(query).first()
    usable = account if account is not None and account.disabled_at is None else None
    if not passwords.matches(usable.password_hash if usable else None, password) or usable is None:
        raise Refused("sign-in-failed")
    new_hash = passwords.hash(password) if passwords.outdated(usable.password_hash) else None
    return _issue_token(database, usable, login_sha256, now, new_hash)


def _issue_token(
    database: Database, account: Account, login_sha256: str, now: datetime, new_hash: str | None
) -> SignedIn:
    token = secrets.token_urlsafe(32)
    expires_at = now + TOKEN_LIFE
    with database.write() as writer:
        attempts = select(SignInAttempt).where(col(SignInAttempt.login_sha256) == login_sha256)
        for attempt in writer.session.exec(attempts):
            writer.session.delete(attempt)
        if new_hash:
            account.password_hash = new_hash
            writer.session.add(writer.session.merge(account))
        writer.session.add(AccessToken(sha256=_sha256(token), account_id=account.id, expires_at=expires_at))
        writer.audit(PLATFORM, now, Author(account.person_id), "sign_in", f"account/{account.id}")
    return SignedIn(token, expires_at, account.person_id)


def sign_out(writer: Writer, token_sha256: str, person_id: str, now: datetime) -> None:
    """Revoke a token; twice is once."""
    row = writer.session.get(AccessToken, token_sha256)
    if row is not None and row.revoked_at is None:
        row.revoked_at = now
        writer.session.add(row)
        writer.audit(PLATFORM, now, Author(person_id), "sign_out", f"account/{row.account_id}")


def change_password(writer: Writer, account: Account, new_hash: str, keep_sha256: str, now: datetime) -> None:
    """Set a new password; every other token of the account is revoked."""
    others = select(AccessToken).where(
        col(AccessToken.account_id) == account.id,
        col(AccessToken.sha256) != keep_sha256,
        col(AccessToken.revoked_at).is_(None),
    )
    for token in writer.session.exec(others):
        token.revoked_at = now
        writer.session.add(token)
    row = writer.session.get_one(Account, account.id)
    row.password_hash = new_hash
    writer.session.add(row)
    writer.audit(PLATFORM, now, Author(account.person_id), "change_password", f"account/{account.id}")


def bearer(session: Session, token: str, now: datetime) -> tuple[Account, Person, str] | None:
    """Whose token it is, and its hash; none when unknown, expired, revoked or of a disabled account."""
    sha256 = _sha256(token)
    query = (
        select(Account, Person)
        .join(AccessToken, col(AccessToken.account_id) == col(Account.id))
        .join(Person, col(Person.id) == col(Account.person_id))
        .where(col(AccessToken.sha256) == sha256, col(AccessToken.revoked_at).is_(None))
        .where(col(AccessToken.expires_at) > now, col(Account.disabled_at).is_(None))
    )
    row = session.exec(query).first()
    return (row[0], row[1], sha256) if row else None


def sign_up(writer: Writer, given: SignUp, at: datetime, rules: RuleSet) -> tuple[Person, Nip]:
    """A candidate's person and account, with what looks odd in his number (warnings only).

    Raises:
        Refused: `bad-nip`, `bad-birth-date`, `account-exists`.
    """
    nip = read_nip(given.nip, at.date(), rules, given.birth_date)
    youngest, oldest = _AGES
    if not add_years(given.birth_date, youngest) <= at.date() < add_years(given.birth_date, oldest):
        raise Refused("bad-birth-date")
    person = Person(
        name=given.name, nip=nip.number, mail=_plain(given.mail), birth_date=given.birth_date, created_at=at
    )
    add_account(writer, person, given.password_hash, at)
    writer.audit(
        PLATFORM, at, Author(person.id), "sign_up", f"person/{person.id}", {"warnings": [w.value for w in nip.warnings]}
    )
    _welcome(writer.session, person, given.agency_id, at)
    return person, nip


def add_account(writer: Writer, person: Person, password_hash: str, at: datetime) -> Account:
    """Enter a person (where new) and his account.

    Raises:
        Refused: `account-exists`, without saying what exists.
    """
    session = writer.session
    same = (
        or_(col(Person.mail) == person.mail, col(Person.nip) == person.nip)
        if person.nip
        else (col(Person.mail) == person.mail)
    )
    taken = session.exec(select(Person.id).where(same, col(Person.id) != person.id)).first()
    known = session.exec(select(Account.id).where(col(Account.login) == person.mail)).first()
    if taken is not None or known is not None:
        raise Refused("account-exists")
    session.add(person)
    session.flush()
    account = Account(person_id=person.id, login=person.mail, password_hash=password_hash, created_at=at)
    session.add(account)
    session.flush()
    return account


def read_nip(text: str, on: date, rules: RuleSet, birth_date: date | None = None) -> Nip:
    """A number taken apart; old errors in real numbers are warnings, a wrong length is not.

    Raises:
        Refused: `bad-nip`.
    """
    nip = parse_nip(text, on, rules, Declared(birth_date))
    if NipWarning.LENGTH in nip.warnings:
        raise refuse(rules, "nip.length", "bad-nip", length=number_length(rules))
    return nip


def check_password(password: str, *personal: str) -> None:
    """Length over composition rules (NIST SP 800-63B 3.1.1).

    Raises:
        Refused: `weak-password`.
    """
    plain = password.strip().lower()
    if len(plain) < _PASSWORD_LENGTH or len(set(plain)) < 5 or plain in {p.strip().lower() for p in personal}:
        raise Refused("weak-password", length=str(_PASSWORD_LENGTH))


def _wait(session: Session, login_sha256: str, now: datetime) -> int:
    """Seconds until this login may be tried again; zero or less when it may be now."""
    query = select(SignInAttempt.at).where(
        col(SignInAttempt.login_sha256) == login_sha256, col(SignInAttempt.at) > now - _FORGOTTEN_AFTER
    )
    failures = sorted(session.exec(query))
    if len(failures) < _FREE_ATTEMPTS:
        return 0
    wait = min(_FIRST_WAIT * 2 ** (len(failures) - _FREE_ATTEMPTS), _LONGEST_WAIT)
    last = max((f for f in failures if f <= now), default=None)  # the wall clock may have been set back since
    return int((last + timedelta(seconds=wait) - now).total_seconds()) if last else 0


def _welcome(session: Session, person: Person, agency_id: str | None, at: datetime) -> None:
    """The mail of a new account leaves in the name of the agency he came by; without agencies there is none yet."""
    query = select(Agency).order_by(col(Agency.created_at), col(Agency.id))
    agency = session.exec(query.where(col(Agency.id) == agency_id) if agency_id else query).first()
    if agency is not None:
        cause = f"account/{person.id}"
        mail.queue(session, agency.id, cause, person.id, "account_created", {}, at=at)


def _plain(login: str) -> str:
    return login.strip().lower()


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
