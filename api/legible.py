"""What no database can store is refused at the door: NUL in a path, query, form or body, and halves of surrogates."""

import json
import re
from typing import Any, Final

from fastapi import Request

from domain.refusals import Refused

_SUSPECT: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_BAD: Final = re.compile("[\0\ud800-\udfff]")


async def legible(request: Request) -> None:
    """Let a request pass whose texts can be kept.

    PostgreSQL takes no NUL and neither database a lone surrogate; both would end in an error of ours.

    Raises:
        Refused: `bad-request`.
    """
    pairs = list(request.query_params.multi_items())
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        pairs += [(name, str(value)) for name, value in (await request.form()).multi_items()]
    texts = [request.url.path, *(text for pair in pairs for text in pair)]
    if kind.startswith("application/json"):
        texts += _written(await request.body())
    if any(_BAD.search(text) for text in texts):
        raise Refused("bad-request")


def _written(body: bytes) -> list[str]:
    """The texts of a JSON body, where it escapes a character that might not be one; JSON holds none unescaped."""
    if not _SUSPECT.search(body):
        return []
    try:
        return _texts(json.loads(body))
    except (ValueError, RecursionError):
        return []  # no JSON: whoever reads it says so


def _texts(value: Any) -> list[str]:
    """Every text in a JSON value, keys too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [*value, *(text for inner in value.values() for text in _texts(inner))]
    return [text for inner in value for text in _texts(inner)] if isinstance(value, list) else []
