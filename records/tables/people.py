"""Agencies, people, accounts, and who holds which role or office from when until when."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from records.tables.base import instant, new_id


class Agency(SQLModel, table=True):
    """An appointing agency (instansi); everything below it is invisible to the others."""

    __tablename__ = "agency"
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    kind: str  # kabupaten | kota | provinsi | kementerian | lembaga
    head_title: str  # "Bupati Tirta Wening"
    unit: str  # the personnel unit that serves as secretariat
    address: str
    contact: str
    place: str
    zone: str = "Asia/Jakarta"
    created_at: datetime = instant()


class Person(SQLModel, table=True):
    """A human being, once for the whole installation; agencies see him through assignments and applications."""

    __tablename__ = "person"
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    nip: str | None = Field(default=None, unique=True)  # 18 digits; none for outside experts and heads of region
    mail: str = Field(index=True)
    rank: str = ""  # golongan ruang, "IV/a"
    position: str = ""
    birth_date: date | None = None
    created_at: datetime = instant()


class Account(SQLModel, table=True):
    """How a person signs in."""

    __tablename__ = "account"
    id: str = Field(default_factory=new_id, primary_key=True)
    person_id: str = Field(foreign_key="person.id", unique=True)
    login: str = Field(unique=True)  # the mail address, lower case
    password_hash: str
    disabled_at: datetime | None = instant(null=True)
    created_at: datetime = instant()


class AccessToken(SQLModel, table=True):
    """A bearer token; only its hash is kept. Expiry runs on real time."""

    __tablename__ = "access_token"
    sha256: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    expires_at: datetime = instant()
    revoked_at: datetime | None = instant(null=True)


class SignInAttempt(SQLModel, table=True):
    """A failed sign-in, for slowing down guesses; the login is hashed."""

    __tablename__ = "sign_in_attempt"
    id: str = Field(default_factory=new_id, primary_key=True)
    login_sha256: str = Field(index=True)
    at: datetime = instant()


class Assignment(SQLModel, table=True):
    """A dated holding of a role in a scope: an agency, a selection, a term (contract and review follow the term)."""

    __tablename__ = "assignment"
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str | None = Field(default=None, foreign_key="agency.id", index=True)  # none: the platform (admin)
    person_id: str = Field(foreign_key="person.id", index=True)
    role: str
    scope_kind: str  # platform | agency | selection | term
    scope_id: str = Field(index=True)
    kind: str = "definitive"
    element: str = ""  # of a committee member
    position: str = ""  # of a committee member
    party_member: bool = False
    kin_of: str = ""  # declared: ids of persons in the round he is kin to, comma separated
    since: datetime = instant()
    until: datetime | None = instant(null=True)
    basis: str = ""  # number of the decree


class Post(SQLModel, table=True):
    """A post (jabatan) in the agency's structure."""

    __tablename__ = "post"
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    title: str
    unit: str
    kind: str
    level: str  # pratama | administrator | ...


class Holding(SQLModel, table=True):
    """Who holds a post from when until when."""

    __tablename__ = "holding"
    __table_args__ = (UniqueConstraint("post_id", "since"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    post_id: str = Field(foreign_key="post.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    kind: str = "definitive"
    since: date
    until: date | None = None
    basis: str  # number of the decree that began it
    end_basis: str = ""  # number of the decree that ended it
