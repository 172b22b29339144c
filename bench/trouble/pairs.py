"""A client of several API processes that asks each write again elsewhere: the answer must be the first one's."""

from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from .client import Careful, addressed

_UNKEYED: Final = ("tokens", "accounts", "clock")
_NOT_THE_ACTS: Final = ("replayed", "stage")  # who asks later is told so, and where the case stands by then


@dataclass
class Echoing(Careful):
    """Repeats what was answered with success at another process under the same Idempotency-Key, and compares."""

    echoes: int = 0
    differing: list[str] = field(default_factory=list)

    async def until_answered(self, request: httpx.Request, step: int = 0) -> tuple[httpx.Response, bool]:
        """As the careful client; then asks another process once more."""
        response, repeated = await super().until_answered(request, step)
        if response.is_success and _keeps_its_answer(request):
            await self._echo(request, response)
        return response, repeated

    async def _echo(self, request: httpx.Request, first: httpx.Response) -> None:
        elsewhere = next(url for url in self.base_urls if httpx.URL(url).port != first.request.url.port)
        second = await self.http.send(addressed(request, elsewhere))
        self.echoes += 1
        if (second.status_code, _said(second)) != (first.status_code, _said(first)):
            what = f"{request.method} {request.url.path}"
            self.differing.append(f"{what}: {first.status_code} {first.text}, then {second.status_code} {second.text}")


def _keeps_its_answer(request: httpx.Request) -> bool:
    """Whether the API keeps what it answers under a key: data entered with POST, and acts."""
    noun = request.url.path.split("/")[3]  # /api/v1/noun
    return request.method == "POST" and noun not in _UNKEYED


def _said(response: httpx.Response) -> Any:
    body = response.json() if response.content else None
    return {k: v for k, v in body.items() if k not in _NOT_THE_ACTS} if isinstance(body, dict) else body
