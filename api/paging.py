"""Cursor pagination: an opaque cursor over the last key seen, so that new rows shift nothing."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from domain.refusals import Refused

Limit = Annotated[int, Query(ge=1, le=200, description="rows a page")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next_cursor` of the page before")]

_LARGEST: Final = 2**63 - 1  # what a column of either database holds

Row = TypeVar("Row", bound=BaseModel)


class Page(BaseModel, Generic[Row]):
    """Rows, and where to go on; `next_cursor` is null on the last page."""

    items: list[Row]
    next_cursor: str | None = None


def encode(*key: Any) -> str:
    """A cursor after a row with this key."""
    return base64.urlsafe_b64encode(json.dumps(key, default=str).encode()).decode().rstrip("=")


def decode(cursor: str | None, *parts: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The key in a cursor, each part read by its reader; none for the first page.

    Raises:
        Refused: `bad-cursor`, for whatever `encode` would not have written.
    """
    if cursor is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(read(part) for read, part in zip(parts, key, strict=True))
    except (binascii.Error, ValueError, TypeError):
        raise Refused("bad-cursor") from None


def text(part: Any) -> str:
    """A part of a key that is a text."""
    if not isinstance(part, str) or "\0" in part:
        raise ValueError("not a text")
    return part


def whole(part: Any) -> int:
    """A part of a key that is a number in a column."""
    if type(part) is not int or not 0 <= part <= _LARGEST:
        raise ValueError("not a number")
    return part


def instant(part: Any) -> datetime:
    """A part of a key that is an instant with its offset."""
    found = datetime.fromisoformat(part)
    if found.tzinfo is None:
        raise ValueError("without an offset")
    return found
