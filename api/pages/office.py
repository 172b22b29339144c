"""Pages of the office: outbound mail as it was sent, and the list of the API's routes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from sqlmodel import Session, col, select

from api import mails
from api.mails import MailState
from api.pages import session as sessions
from api.pages.rendering import PageRoute, page
from api.paging import decode, encode, instant, text
from api.security import Caller
from api.services import Parts, Services
from domain.refusals import Refused
from domain.words import Role
from records.assignments import people_by_id
from records.tables import Agency, OutboundMail, Person
from runtime.settings import Mode

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_PAGE_SIZE: Final = 20
_DOCS_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_METHODS: Final = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Letter:
    """A mail on the page: its row, its addressee, and what the catcher kept of it."""

    mail: OutboundMail
    state: MailState
    person: Person
    subject: str
    body: str
    attachments: tuple[str, ...]


@router.get("/surat")
def show_mails(request: Request, services: Parts, keadaan: str = "", kursor: str | None = None) -> Response:
    """The mails of one's agency with their text, where this installation keeps them itself."""
    caller = sessions.signed_in(request)
    if services.settings.mode is Mode.PRODUCTION:
        raise Refused("not-found")
    agencies = _agencies(caller)
    state = MailState(keadaan) if keadaan in set(MailState) else None
    with services.database.read() as session:
        found = mails.mails_of(session, agencies, state, decode(kursor, instant, text), _PAGE_SIZE + 1)
        counts = mails.counts_of(session, agencies)
        people = people_by_id(session, [m.person_id for m in found])
        zone = _zone(session, agencies)
    letters = [_letter(services, m, people[m.person_id]) for m in found[:_PAGE_SIZE]]
    last = found[_PAGE_SIZE - 1] if len(found) > _PAGE_SIZE else None
    context = {
        "letters": letters,
        "counts": counts.model_dump(),
        "state": state,
        "more": encode(last.created_at.isoformat(), last.id) if last else None,
    }
    return page(request, "mails.html", context, zone=zone)


def _agencies(caller: Caller) -> list[str] | None:
    """The agencies whose mails he may read; none stands for all, for the administrator of a demo."""
    if any(a.role == Role.ADMIN and a.scope_kind == "platform" for a in caller.assignments):
        return None
    mine = caller.agencies(Role.SECRETARIAT)
    if not mine:
        raise Refused("not-allowed", act="surat", roles=f"{Role.SECRETARIAT}, {Role.ADMIN}")
    return mine


def _zone(session: Session, agencies: list[str] | None) -> str | None:
    query = select(Agency.zone)
    zones = set(session.exec(query.where(col(Agency.id).in_(agencies)) if agencies is not None else query))
    return zones.pop() if len(zones) == 1 else None


def _letter(services: Services, mail: OutboundMail, person: Person) -> Letter:
    state = mails.state_of(mail)
    kept = _kept(services.settings.data_dir / "mail", mail.id) if state is MailState.SENT else None
    if kept is None:
        return Letter(mail, state, person, "", "", ())
    text = kept.get_body(("plain",))
    names = tuple(part.get_filename() or "" for part in kept.iter_attachments())
    return Letter(mail, state, person, str(kept["Subject"] or ""), str(text.get_content()) if text else "", names)


_INDEX: Final[dict[Path, dict[str, Path]]] = {}


def _kept(folder: Path, mail_id: str) -> EmailMessage | None:
    """The message that the catcher kept, found by its Message-ID; none where a real server took it."""
    index = _INDEX.setdefault(folder, {})
    if mail_id not in index:
        index.update(_unread(folder, set(index.values())))
    path = index.get(mail_id)
    if path is None or not path.is_file():
        return None
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    return parsed if isinstance(parsed, EmailMessage) else None


def _unread(folder: Path, known: set[Path]) -> Iterator[tuple[str, Path]]:
    """The ids of messages that are new since the last look; their headers alone are read."""
    new = folder / "new"
    for path in new.iterdir() if new.is_dir() else ():
        if path in known:
            continue
        found = str(message_from_bytes(_headers(path))["Message-ID"] or "")
        yield found.strip(" <>").partition("@")[0], path


def _headers(path: Path) -> bytes:
    """A message up to its first empty line."""
    lines: list[bytes] = []
    with path.open("rb") as file:
        for line in file:
            if not line.strip():
                break
            lines.append(line)
    return b"".join(lines)


# -- the API's routes ------------------------------------------------------------------------------------------------


@router.get("/docs")
def show_docs(request: Request) -> Response:
    """The API's routes by subject, from its own description; no script, nothing from elsewhere."""
    schema = request.app.openapi()
    described = {tag["name"]: tag["description"] for tag in schema.get("tags", ())}
    context = {"groups": _groups(schema, described), "version": schema["info"]["version"]}
    response = page(request, "docs.html", context)
    response.headers["Content-Security-Policy"] = _DOCS_POLICY
    return response


def _groups(schema: Mapping[str, Any], described: Mapping[str, str]) -> list[dict[str, Any]]:
    """The routes by their first tag, in the order of the description."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in described}
    for path, operations in schema["paths"].items():
        for method in _METHODS:
            if method in operations:
                rows.setdefault((operations[method].get("tags") or [""])[0], []).append(
                    _operation(path, method, operations[method])
                )
    return [{"name": n, "title": described.get(n, n), "operations": found} for n, found in rows.items() if found]


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "answers": sorted(operation.get("responses", {})),
    }
