"""Idempotency-Key on data writes: the answer is stored in the transaction that made it, and given again."""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError

from api.services import Services, services_of
from domain.refusals import Refused
from records.audit import Writer
from records.tables import IdempotencyKey
from runtime.clock import real_now

_FORM: Final = re.compile(r"[\x21-\x7e]{8,80}")
_TRIES: Final = 4  # a first row of a series or chain may be written by two at once; the loser goes again


@dataclass(frozen=True)
class Key:
    """The caller's key, if he sent one, with what it is used for."""

    value: str | None
    route: str
    payload_sha256: str


async def _key(
    request: Request,
    header: Annotated[
        str | None,
        Header(alias="Idempotency-Key", description="8-80 visible ASCII; an equal repeat gets the same answer"),
    ] = None,
) -> Key:
    if header is not None and not _FORM.fullmatch(header):
        raise Refused("bad-idempotency-key")
    body = await request.body() if header is not None else b""
    route = f"{request.method} {request.url.path}"
    secret = services_of(request).settings.secret_key.get_secret_value().encode()
    message = f"{route}\n{request.url.query}\n".encode() + body  # may hold a password: a plain hash could be guessed
    return Key(header, route, hmac.new(secret, message, hashlib.sha256).hexdigest())


OnceKey = Annotated[Key, Depends(_key)]
"""The Idempotency-Key, as a parameter of a route."""


@dataclass(frozen=True)
class Reply:
    """What a write answers."""

    status: int
    body: BaseModel | dict[str, Any]
    version: int | None = None


def write(services: Services, person_id: str, key: Key, work: Callable[[Writer], Reply]) -> JSONResponse:
    """Do a write once, in one transaction, and answer; under a known key answer what was answered then.

    Raises:
        Refused: by the use case, or `idempotency-conflict`.
    """
    for left in reversed(range(_TRIES)):
        try:
            with services.database.write() as writer:
                recorded = _recorded(writer, person_id, key)
                if recorded is not None:
                    return recorded
                reply = work(writer)
                return _answered(writer, person_id, key, reply)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


def _recorded(writer: Writer, person_id: str, key: Key) -> JSONResponse | None:
    row = writer.session.get(IdempotencyKey, (person_id, key.value)) if key.value else None
    if row is None:
        return None
    if row.payload_sha256 != key.payload_sha256 or row.status is None:
        raise Refused("idempotency-conflict")
    return _response(row.status, row.body)


def _answered(writer: Writer, person_id: str, key: Key, reply: Reply) -> JSONResponse:
    content = jsonable_encoder(reply.body)
    stored = {"content": content, "version": reply.version}
    if key.value:
        writer.session.add(
            IdempotencyKey(
                person_id=person_id,
                key=key.value,
                route=key.route,
                payload_sha256=key.payload_sha256,
                status=reply.status,
                body=stored,
                at=real_now(),
            )
        )
    return _response(reply.status, stored)


def _response(status: int, stored: dict[str, Any]) -> JSONResponse:
    headers = {"ETag": f'"{stored["version"]}"'} if stored["version"] is not None else {}
    return JSONResponse(stored["content"], status, headers)
