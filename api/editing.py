"""Optimistic edits: an entity tag out of an integer version, and If-Match that must name it."""

import re
from typing import Annotated, Final

from fastapi import Header
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from domain.refusals import Refused

_TAG: Final = re.compile(r'(?:W/)?"?(\d{1,9})"?')


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def if_match(header: Annotated[str | None, Header(alias="If-Match", examples=['"3"'])] = None) -> int:
    """The version that the caller has read.

    Raises:
        Refused: `precondition-needed` (428) without a readable header.
    """
    found = _TAG.fullmatch(header.strip()) if header else None
    if found is None:
        raise Refused("precondition-needed")
    return int(found[1])


def with_etag(body: BaseModel, version: int, status: int = 200) -> JSONResponse:
    """A body with its entity tag."""
    return JSONResponse(body.model_dump(mode="json"), status, {"ETag": etag(version)})
