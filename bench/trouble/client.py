"""A careful client: it repeats what it got no answer to, under the same Idempotency-Key, never under another.

It knows only what any client knows: lost connections, 429, 502, 503, and 202 with a place to look.
"""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from demo.client import PASSWORD, Client, DemoError

_AGAIN: Final = frozenset({202, 429, 500, 502, 503})
_PATIENCE: Final = 300.0  # seconds until an answer must have come
_LONGEST_WAIT: Final = 2.0

Trouble = Callable[[int, str], Awaitable[bool]]


async def no_trouble(_step: int, _moment: str) -> bool:
    """Nothing is killed."""
    return False


@dataclass(frozen=True)
class Answered:
    """A write that was answered with success: it must be in the record for ever."""

    step: int
    method: str
    path: str
    body: Any


@dataclass
class Careful(Client):
    """The demo's client with patience. `trouble` is told each step's `asking` and `answered`; true loses the answer.

    Where the API has several addresses, each question goes to the next of them, a repetition too.
    """

    base_urls: tuple[str, ...] = ()
    trouble: Trouble = no_trouble
    steps: int = 0
    answered: list[Answered] = field(default_factory=list)
    again: Counter[str] = field(default_factory=Counter)  # why something was asked again
    busy: list[httpx.Response] = field(default_factory=list)  # answers that asked for another try
    incidents: list[str] = field(default_factory=list)  # answers of 500
    _asked: int = 0

    @property
    def http(self) -> httpx.AsyncClient:
        """The open connection pool; a move of the clock may take its time."""
        if self._http is None:
            self._http = httpx.AsyncClient(base_url=self.base_url, timeout=httpx.Timeout(240, connect=5))
        return self._http

    async def exchange(
        self,
        method: str,
        path: str,
        mail: str = "",
        *,
        json: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """One request, asked until it is answered; every repetition is the same to the byte."""
        self.requests += 1
        writes = method != "GET"
        key = {"Idempotency-Key": secrets.token_hex(16)} if writes else {}
        token = {"Authorization": f"Bearer {self._tokens[mail]}"} if mail else {}
        request = self.http.build_request(
            method, f"/api/v1{path}", json=json, files=files, headers={**token, **key, **(headers or {})}
        )
        request.read()
        step = self._next_step() if writes else 0
        response, repeated = await self.until_answered(request, step)
        if repeated and path == "/accounts" and response.status_code == 409:  # was it mine? signing in tells
            return await self.exchange("POST", "/tokens", json={"login": json["mail"], "password": PASSWORD})
        if writes and response.is_success:
            self.answered.append(Answered(step, method, path, response.json() if response.content else None))
        return response

    async def appears(self, path: str, mail: str = "", *, within: float = 180) -> Any:
        """As the demo's client, with more patience."""
        return await super().appears(path, mail, within=within)

    def _next_step(self) -> int:
        self.steps += 1
        return self.steps

    async def until_answered(self, request: httpx.Request, step: int = 0) -> tuple[httpx.Response, bool]:
        """Ask until there is an answer, and say whether it was asked more than once.

        Raises:
            DemoError: there was none in five minutes.
        """
        give_up = time.monotonic() + _PATIENCE
        wait, repeated = 0.1, False
        while True:
            response = await self._ask(request, 0 if repeated else step)
            if response is not None and response.status_code not in _AGAIN:
                return response, repeated
            if time.monotonic() > give_up:
                last = response.text[:400] if response is not None else "no connection"
                raise DemoError(f"{request.method} {request.url.path} was not answered in {_PATIENCE:g} s: {last}")
            repeated = True
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _ask(self, request: httpx.Request, step: int) -> httpx.Response | None:
        """Ask once; none when no answer came."""
        if step:
            await self.trouble(step, "asking")
        try:
            response = await self.http.send(self._in_turn(request))
        except httpx.TransportError as error:
            self.again[type(error).__name__] += 1
            return None
        if step and await self.trouble(step, "answered"):
            self.again["answer lost"] += 1
            return None
        if response.status_code in _AGAIN:
            self.again[str(response.status_code)] += 1
            self.busy.append(response)
        if response.status_code == 500:
            self.incidents.append(f"{request.method} {request.url.path}: {response.json().get('facts')}")
        if response.status_code == 202:
            await self._look(request, response.headers["Location"])
        return response

    def _in_turn(self, request: httpx.Request) -> httpx.Request:
        """The request, to the API process whose turn it is."""
        if not self.base_urls:
            return request
        self._asked += 1
        return addressed(request, self.base_urls[self._asked % len(self.base_urls)])

    async def _look(self, request: httpx.Request, place: str) -> None:
        """Look at the place that a 202 names, as the API's guide says; then ask again under the same key."""
        try:
            await self.http.get(place, headers={"Authorization": request.headers["Authorization"]})
        except httpx.TransportError:
            return


def addressed(request: httpx.Request, base_url: str) -> httpx.Request:
    """The same request to the byte, to another process of the API."""
    there = httpx.URL(base_url)
    url = request.url.copy_with(host=there.host, port=there.port)
    headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
    return httpx.Request(request.method, url, headers=headers, content=request.content)
