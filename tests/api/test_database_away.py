"""A database that cannot serve just now is 503 and try again; one that is not as we think is an error of ours."""

from contextlib import ExitStack, suppress

import pytest
from sqlalchemy import exc, text

from tests.api.site import Site, ok, refused
from tests.conftest import INITDB

pytestmark = [
    pytest.mark.skipif(INITDB is None, reason="no PostgreSQL here"),
    pytest.mark.parametrize("prepared", ["postgres"], indirect=True),
]


def test_whoever_gets_no_connection_in_time_is_asked_to_come_again(site: Site) -> None:
    pool, person = site.database.engine.pool, site.person("admin")
    pool._timeout = 0.1  # not the half minute that one waits otherwise
    with ExitStack() as held:
        with suppress(exc.TimeoutError):  # until there is none left
            while True:
                held.enter_context(site.database.engine.connect())
        answer = person.get("/me/applications")
    refused(answer, "try-again", 503)
    assert answer.headers["retry-after"] == "1"
    ok(person.get("/me/applications"))


def test_what_the_database_does_not_know_is_an_incident(site: Site) -> None:
    with site.database.write() as writer:
        writer.session.connection().execute(text("ALTER TABLE vacancy RENAME TO elsewhere"))
    assert refused(site.person("admin").get("/me/applications"), "internal", 500)["facts"]["incident"]
