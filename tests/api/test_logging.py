"""Logs under real requests: every exchange and act has its line, and nothing that anybody sends comes out in one."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from api import acts, public
from runtime import metrics
from runtime.logs import FORMATS
from tests.api.site import Site, ok, refused

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)  # a line is the same on any database
NAME = "Siti Rahmawati"
NIP = "197505152000032001"
MAIL = "siti.rahmawati@contoh.example"
PHONE = "0812345678901"  # as long as an id of ours
HIDDEN = (NAME, quote(NAME), "Rahmawati", NIP, MAIL, quote(MAIL), PHONE, "Sangat-Rahasia-123")


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Everything that is logged at DEBUG by our own loggers and the API's libraries, as text and as JSON."""
    kept: list[str] = []
    handlers = []
    for formatter in FORMATS.values():
        handler = logging.Handler()
        handler.emit = lambda record, form=formatter(): kept.append(form.format(record))  # type: ignore[method-assign]
        handlers.append(handler)
    root, level = logging.getLogger(), logging.getLogger().level
    client = logging.getLogger("httpx")  # the tests' own client is no part of the installation
    client.disabled = True
    root.handlers += handlers
    root.setLevel(logging.DEBUG)
    yield kept
    root.handlers[:] = [handler for handler in root.handlers if handler not in handlers]
    root.setLevel(level)
    client.disabled = False


def of(lines: list[str], logger: str) -> list[dict[str, Any]]:
    """The JSON lines of a logger."""
    return [line for line in (json.loads(text) for text in lines if text.startswith("{")) if line["logger"] == logger]


def hostile(site: Site) -> None:
    """Personal data wherever a request has room."""
    person, headers = (
        site.person("secretariat"),
        {"User-Agent": NAME, "X-Request-ID": NIP, "Referer": f"http://x/{MAIL}"},
    )
    texts = (NAME, NIP, MAIL, PHONE)
    for text in texts:
        part = quote(text)
        for place in ("/selections/", "/people/", "/public/documents/", "/cases/selection/", "/"):
            path = f"{place}{part}"
            person.get(f"{path}?q={part}&nip={NIP}", headers=headers)
            site.nobody.post(path, {"name": NAME, "nip": NIP}, headers=headers)
        person.post(f"/selections/{part}/publish", {"reason": NAME}, headers={**headers, "Idempotency-Key": NIP})
        site.client.request("SITI-RAHMAWATI", f"/{part}")
        site.client.get(f"/static/{part}?{part}")
        site.client.get(f"/{part}", headers={"Cookie": f"session={part}"})
    site.nobody.post("/tokens", {"login": MAIL, "password": "Sangat-Rahasia-123"})
    site.nobody.post("/accounts", {"nip": NIP, "name": NAME, "mail": MAIL, "birth_date": NAME, "password": NAME})
    site.client.post("/masuk", data={"login": MAIL, "password": "Sangat-Rahasia-123"})
    site.client.post("/api/v1/tokens", content=f'{{"login": "{MAIL}"', headers={"Content-Type": "application/json"})
    person.post(f"{site.path}/suspend", {"ground": NAME, "reason": NAME})
    person.post(f"{site.path}/publish?who={NIP}", {"reason": NAME, "unknown": MAIL})


def test_nothing_that_anybody_sends_comes_out_in_a_line(site: Site, lines: list[str]) -> None:
    hostile(site)
    assert len(of(lines, "selter.http")) > 40
    for text in lines:
        assert not any(hidden.lower() in text.lower() for hidden in HIDDEN), text


def test_routes_that_nobody_knows_are_one_label(site: Site) -> None:
    hostile(site)
    labels = {sample.labels["route"] for family in metrics.HTTP_SECONDS.collect() for sample in family.samples}
    assert not any(hidden.lower() in label.lower() for hidden in HIDDEN for label in labels)
    methods = {label.partition(" ")[0] for label in labels}
    assert "OTHER" in methods <= {"GET", "POST", "PUT", "PATCH", "DELETE", "OTHER"}
    assert {"GET (none)", "GET /static"} <= labels


def test_an_exchange_has_one_line_with_its_template_status_time_and_role(published: Site, lines: list[str]) -> None:
    answer = published.person("chair").get(f"{published.path}?x={NIP}")
    assert answer.status_code == 200
    (line,) = [found for found in of(lines, "selter.http") if found["request"] == answer.headers["X-Request-ID"]]
    assert line.pop("ms") >= 0
    assert line.pop("time").endswith("Z")
    assert line.pop("message").startswith("GET /api/v1/selections/{selection_id} 200, ")
    assert line == {
        "level": "INFO",
        "logger": "selter.http",
        "request": answer.headers["X-Request-ID"],
        "role": "committee",
        "case": published.selection,
        "workflow": published.case,
        "method": "GET",
        "route": "/api/v1/selections/{selection_id}",
        "status": 200,
    }


def test_probes_and_static_files_write_only_when_they_fail(site: Site, lines: list[str]) -> None:
    site.client.get("/health/live")
    assert site.client.get("/static/selter.css").status_code == 200
    assert {line["level"] for line in of(lines, "selter.http")} <= {"DEBUG"}
    lines.clear()
    site.engine.down = True
    site.client.get("/health/ready")
    assert [(line["level"], line["status"]) for line in of(lines, "selter.http")] == [("INFO", 503)]


def test_an_act_has_one_line_with_its_result(site: Site, lines: list[str]) -> None:
    secretary = site.person("secretariat")
    ok(secretary.post(f"{site.path}/publish"))
    ok(secretary.post(f"{site.path}/publish"))
    refused(site.person("assessor1").post(f"{site.path}/publish"), "not-allowed", 403)
    refused(secretary.post(f"/selections/{PHONE}/publish"), "unknown-case", 404)
    found = of(lines, "selter.acts")
    assert [line["result"] for line in found] == ["done", "replayed", "refused:not-allowed", "refused:unknown-case"]
    assert [line.get("case") for line in found] == [site.selection] * 3 + [None]
    assert found[0]["role"] == "secretariat"
    assert {line["act"] for line in found} == {"publish"}
    exchanges = {line["request"] for line in of(lines, "selter.http")}
    assert {line["request"] for line in found} <= exchanges


def test_an_incident_names_its_request_and_not_what_was_in_it(
    site: Site, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError(f"{NAME} {NIP}")

    monkeypatch.setattr(acts, "_prepare", broken)
    answer = refused(site.person("secretariat").post(f"{site.path}/publish?q={quote(NAME)}"), "internal", 500)
    incident = answer["facts"]["incident"]
    (line,) = of(lines, "selter.api")
    assert line["message"] == f"incident {incident}: POST /api/v1/selections/{{case_id}}/publish"
    assert line["error"].startswith("LookupError@")
    assert [found["result"] for found in of(lines, "selter.acts")] == ["error"]
    assert [(found["status"], found["request"]) for found in of(lines, "selter.http")] == [(500, incident)]
    assert not any(hidden in text for hidden in HIDDEN for text in lines)


def test_a_page_that_breaks_names_its_template_and_not_what_was_asked_for(
    site: Site, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError(NAME)

    monkeypatch.setattr(public, "round_of", broken)
    assert site.client.get(f"/seleksi/{NIP}?q={quote(NAME)}").status_code == 500
    (line,) = [found for found in of(lines, "selter.api") if "incident" in found["message"]]
    assert line["message"].endswith(": GET /seleksi/{selection_id}")
    assert not any(hidden in text for hidden in HIDDEN for text in lines)
