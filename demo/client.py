"""The demo's people at their keyboards: every step goes through the HTTP API, as theirs would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

PASSWORD = "sandi-peragaan-2027"  # noqa: S105  # of invented people in a throw-away installation


class DemoError(RuntimeError):
    """The API answered something the story does not expect."""


@dataclass
class Client:
    """An HTTP client that signs people in and counts what they do."""

    base_url: str
    acts: int = 0
    refusals: int = 0
    requests: int = 0
    _tokens: dict[str, str] = field(default_factory=dict)
    _http: httpx.AsyncClient | None = None

    @property
    def http(self) -> httpx.AsyncClient:
        """The open connection pool."""
        if self._http is None:
            self._http = httpx.AsyncClient(base_url=self.base_url, timeout=60)
        return self._http

    async def close(self) -> None:
        """Give the connections back."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def sign_in(self, mail: str) -> str:
        """Sign a person in; returns his person id."""
        answer = await self.send("POST", "/tokens", json={"login": mail, "password": PASSWORD})
        self._tokens[mail] = answer["token"]
        return str(answer["person_id"])

    async def send(
        self,
        method: str,
        path: str,
        mail: str = "",
        *,
        json: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        expect: int | None = None,
    ) -> Any:
        """One request; the body of its answer.

        Raises:
            DemoError: the status is not the expected one (any success where none is named).
        """
        response = await self.exchange(method, path, mail, json=json, files=files, headers=headers)
        fits = response.is_success if expect is None else response.status_code == expect
        if not fits:
            raise DemoError(f"{method} {path} by {mail or 'nobody'}: {response.status_code} {response.text[:800]}")
        return response.json() if response.content else None

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
        """One request and its answer, whatever it is."""
        self.requests += 1
        sent = {**({"Authorization": f"Bearer {self._tokens[mail]}"} if mail else {}), **(headers or {})}
        return await self.http.request(method, f"/api/v1{path}", json=json, files=files, headers=sent)

    async def appears(self, path: str, mail: str = "", *, within: float = 20) -> Any:
        """Read what an act has set in motion and may take a moment to be there, as a person would look again.

        Raises:
            DemoError: it did not appear in that many seconds.
        """
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(DemoError), wait=wait_fixed(0.1), stop=stop_after_delay(within), reraise=True
        ):
            with attempt:
                return await self.get(path, mail)
        raise AssertionError("unreachable: the last attempt raises")

    async def get(self, path: str, mail: str = "") -> Any:
        """Read something."""
        return await self.send("GET", path, mail)

    async def act(self, path: str, mail: str, **body: Any) -> Any:
        """An act of process that succeeds."""
        self.acts += 1
        return await self.send("POST", path, mail, json=body or None)

    async def refused(self, method: str, path: str, mail: str, **body: Any) -> dict[str, Any]:
        """A request that the law or the process refuses; returns the problem."""
        self.refusals += 1
        response = await self.exchange(method, path, mail, json=body or None)
        if response.is_success:
            raise DemoError(f"{method} {path} by {mail} was not refused")
        problem: dict[str, Any] = response.json()
        return problem
