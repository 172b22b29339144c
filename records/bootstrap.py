"""The first account of an installation: an admin, who enters agencies, people and assignments, and nothing else."""

from datetime import datetime

from domain.refusals import Refused
from domain.words import Role
from records.accounts import Passwords, add_account, check_password
from records.audit import PLATFORM, Author, Writer
from records.tables import Assignment, Person


def create_admin(writer: Writer, passwords: Passwords, *, name: str, mail: str, password: str, at: datetime) -> str:
    """Make an admin with an account; returns his person id.

    Raises:
        Refused: the password is too weak, or the mail address is taken.
    """
    if "@" not in mail:
        raise Refused("mail-malformed", mail=mail)
    check_password(password, name, mail)
    person = Person(name=name, mail=mail.lower(), created_at=at)
    writer.session.add(person)
    writer.session.flush()
    add_account(writer, person, passwords.hash(password), at)
    writer.session.add(
        Assignment(
            person_id=person.id,
            role=Role.ADMIN,
            scope_kind="platform",
            scope_id=PLATFORM,
            since=at,
            basis="selter admin create-admin",
        )
    )
    writer.audit(PLATFORM, at, Author(), "create_admin", f"person/{person.id}")
    return person.id
