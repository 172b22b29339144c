"""Cursor pagination: an opaque cursor over the last key seen, so that new rows shift nothing."""

import base64
import binascii
import json
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from domain.refusals import Refused

Limit = Annotated[int, Query(ge=1, le=200, description="rows a page")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next_cursor` of the page before")]


Row = TypeVar("Row", bound=BaseModel)


class Page(BaseModel, Generic[Row]):
    """Rows, and where to go on; `next_cursor` is null on the last page."""

    items: list[Row]
    next_cursor: str | None = None


def encode(*key: Any) -> str:
    """A cursor after a row with this key."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def decode(cursor: str | None) -> list[Any] | None:
    """The key in a cursor; none for the first page.

    Raises:
        Refused: `bad-cursor`.
    """
    if cursor is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        raise Refused("bad-cursor") from None
    if not isinstance(key, list):
        raise Refused("bad-cursor")
    return key
