"""Two API processes and two workers at once: pairs at one act, a crowd in a window's last second, restarts.

All on one running installation; each test has a round of its own on it.
"""

import asyncio
import secrets
import signal
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bench.trouble.client import Careful
from bench.trouble.crowd import ARRIVAL_HEADER, Draft, drafts, press_all
from bench.trouble.installation import Installation, running, until
from bench.trouble.pairs import Echoing
from bench.trouble.story import telling_of
from demo.cast import Cast
from demo.round import Round
from records.database import Database
from records.selections import case_key, state_of
from tests.conftest import INITDB
from tests.scenarios.pairs_site import Site, check_all, check_the_crowd, summary, to_assessment

pytestmark = pytest.mark.timeout(300)

needs_postgres = pytest.mark.skipif(INITDB is None, reason="no PostgreSQL here")
CROWD = 1000
TIMES = 10
GRACE = 90  # seconds, more than two busy cores need to serve the crowd


@pytest.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Two APIs and two workers, on PostgreSQL where there is one; the cast has been entered."""
    folder = tmp_path_factory.mktemp("pairs")
    with running(
        folder, "postgres" if INITDB else "sqlite", workers=2, apis=2, api_arrival_header=ARRIVAL_HEADER
    ) as installation:
        client = Echoing(installation.base_url, base_urls=installation.base_urls)
        telling = telling_of(client, [])
        cast = Cast(client)
        await cast.enter_all()
        database = Database(installation.settings.database_url)
        yield Site(installation, database, telling, cast)
        database.close()
        await client.close()


@pytest.fixture(scope="module")
async def told(site: Site) -> Round:
    """The story up to the end of the first windows."""
    told = Round(site.telling, site.cast)
    for chapter in (told.draft, told.publish, told.first_applications, told.windows_close):
        await chapter()
    return told


async def test_whichever_api_is_asked_the_story_is_one_and_a_repeat_gets_the_first_answer(
    site: Site, told: Round
) -> None:
    client = site.telling.client
    assert isinstance(client, Echoing)
    assert client.differing == []
    assert client.echoes > 40
    ended = await site.sound(client)
    assert ended.doubles == 0
    assert ended.mails == len(ended.normal.mail_ids) > 0


# -- the same act at the same moment ---------------------------------------------------------------------------------


async def pressed(client: Careful, path: str, mails: list[str], keys: list[str], **body: Any) -> list[httpx.Response]:
    """The same act by these people at the same moment, each press under its key."""
    return await asyncio.gather(
        *(
            client.exchange("POST", path, mail, json=body or None, headers={"Idempotency-Key": key})
            for mail, key in zip(mails, keys, strict=True)
        )
    )


def the_one(responses: list[httpx.Response]) -> dict[str, Any]:
    """The one answer that all of them are."""
    assert {r.status_code for r in responses} == {200}
    answers = [{k: v for k, v in r.json().items() if k != "replayed"} for r in responses]
    assert answers == [answers[0]] * len(answers)
    return answers[0]


async def refused(client: Careful, path: str, mail: str, **body: Any) -> tuple[str, bool]:
    """The code of a refusal, and whether it cites an article."""
    response = await client.exchange("POST", path, mail, json=body or None)
    assert response.status_code == 409
    problem = response.json()
    return problem["code"], bool(problem["citation"] and problem["rule"])


async def test_the_same_act_ten_times_and_by_two_at_once_is_done_once_and_out_of_turn_not_at_all(site: Site) -> None:
    round_, cast = await site.round(), site.cast
    client = await site.careful("sekretariat", "sekretariat2", "sekda", "asisten", "bupati")
    office, chair, clerk, ppk = (cast.mail(key) for key in ("sekretariat", "sekda", "asisten", "bupati"))
    subject, stages = case_key(round_.id), f"{round_.path}/stages"

    ten_keys = [secrets.token_hex(16) for _ in range(TIMES)]
    responses = await pressed(client, f"{round_.path}/publish", [office] * TIMES, ten_keys)
    published = the_one(responses)
    assert Counter(r.json()["replayed"] for r in responses) == {True: TIMES - 1, False: 1}
    entries, documents, mails = site.written(round_)
    assert (entries, documents, published["seq"]) == (2, published["documents"], 2)

    await round_.publish()  # a repeat; and on to the window's first day
    assert await refused(client, f"{stages}/announcement/advance", chair) == ("window-open", True)
    assert site.written(round_) == (entries, documents, mails)
    assert site.audited(subject, "advance") == {"refused:window-open": 1}

    for vacancy in round_.vacancies.values():
        drafts(site.database, site.files, vacancy, 4, site.telling.now, submitted=True)
    await site.close_windows(round_)
    entries, *_ = site.written(round_)
    both = await pressed(client, f"{stages}/announcement/advance", [chair, clerk], ten_keys[:2])
    assert the_one(both)["seq"] == entries + 1
    assert Counter(r.json()["replayed"] for r in both) == {True: 1, False: 1}
    assert site.audited(subject, "advance") == {"refused:window-open": 1, "done": 1}

    before = site.written(round_)
    assert await refused(client, f"{stages}/screening/announce-result", chair) == ("screening-incomplete", True)
    one = {"vacancy_ids": [round_.vacancies["health"]]}
    assert await refused(client, f"{round_.path}/issue-decree", ppk, **one) == ("wrong-stage", False)
    assert await refused(client, f"{stages}/interview/advance", chair, **one) == ("wrong-stage", False)
    assert site.written(round_) == before

    await check_all(client, round_, [office, cast.mail("sekretariat2")])
    responses = await pressed(client, f"{stages}/screening/announce-result", [chair] * TIMES, [ten_keys[0]] * TIMES)
    announced = the_one(responses)
    assert site.written(round_) == (before[0] + 1, before[1] + announced["documents"], before[2] + 8)
    assert site.audited(subject, "announce_result") == {"refused:screening-incomplete": 1, "done": 1}
    await site.sound(client)


# -- PostgreSQL comes and goes ---------------------------------------------------------------------------------------


@dataclass
class Restarts:
    """Restarts the database each time that so many more writes were answered."""

    installation: Installation
    every: int
    signals: list[signal.Signals]
    done: int = 0

    async def answered(self) -> None:
        """Count a write."""
        self.done += 1
        if self.signals and self.done % self.every == 0:
            by = self.signals.pop(0)
            assert await asyncio.to_thread(self.installation.kill, "postgres", by)


async def submit_all(client: Careful, waiting: list[Draft], restarts: Restarts) -> None:
    for draft in waiting:
        path, token = f"/applications/{draft.application_id}/submit", {"Authorization": f"Bearer {draft.token}"}
        response = await client.exchange("POST", path, headers=token)
        assert response.status_code == 200, response.text
        await restarts.answered()


async def score_all(client: Careful, judge: str, restarts: Restarts) -> int:
    """A judge declares and seals whatever waits for him; how many sheets."""
    duties = (await client.get("/me/sheets", judge))["sheets"]
    declared = {d["application_id"] for d in duties if d["declared"]}
    for duty in duties:
        path = f"/applications/{duty['application_id']}"
        if duty["application_id"] not in declared:
            await client.send("POST", f"{path}/conflict-declarations", judge, json={"none": True})
            declared.add(duty["application_id"])
        await client.send("PUT", f"{path}/sheets/{duty['component']}", judge, json={"score": "77.50"})
        await restarts.answered()
    return len(duties)


async def recuse_all(client: Careful, round_: Round, mail: str, person_id: str, restarts: Restarts) -> None:
    """A member steps back from every applicant of the story, one act each."""
    for application_id in round_.applications.values():
        body = {"person_id": person_id, "application_id": application_id, "ground": "other", "reason": "Teman lama."}
        await client.act(f"{round_.path}/recuse", mail, **body)
        await restarts.answered()


@needs_postgres
async def test_what_was_answered_while_postgresql_restarted_is_in_the_record_and_the_rest_was_asked_to_come_again(
    site: Site, told: Round
) -> None:
    members, assessors = ("asisten", "dinasprov"), ("asesor1", "asesor2")
    client = await site.careful("sekda", "sekretariat", "sekretariat2", *members, *assessors)
    await to_assessment(site, client, told)
    round_ = await site.round()
    await round_.publish()
    waiting = drafts(site.database, site.files, round_.vacancies["health"], 60, site.telling.now)
    restarts = Restarts(site.installation, 20, [signal.SIGINT, signal.SIGKILL, signal.SIGINT])
    before = len(client.answered)
    async with asyncio.TaskGroup() as group:
        for n in range(4):
            group.create_task(submit_all(client, waiting[n::4], restarts))
        for key in members:
            group.create_task(recuse_all(client, told, site.cast.mail(key), site.cast.person(key), restarts))
        sheets = [group.create_task(score_all(client, site.cast.mail(key), restarts)) for key in assessors]
    assert restarts.signals == []
    assert sum(task.result() for task in sheets) == 24
    assert set(client.again) <= {"503"}
    assert client.again["503"] > 0
    for response in client.busy:
        assert response.headers["Content-Type"] == "application/problem+json"
        assert int(response.headers["Retry-After"]) > 0
        assert response.json()["code"] == "try-again"
    acted = Counter(answer.path.rsplit("/", 1)[1] for answer in client.answered[before:])
    assert (acted["submit"], acted["recuse"]) == (60, 2 * len(told.applications))
    until(site.installation.ready, "the API is ready again", within=30)
    await site.sound(client)


# -- a crowd in the last second --------------------------------------------------------------------------------------


@needs_postgres
async def test_of_a_thousand_submissions_in_the_last_second_each_is_received_or_refused_and_none_is_lost(
    site: Site,
) -> None:
    round_ = await site.round()
    await round_.publish()
    vacancy, last = round_.vacancies["health"], site.telling.calendar.end_of_day(round_.closes)  # 23.59.59
    await site.telling.move_to(last - timedelta(minutes=5))  # all reminders have been sent
    await asyncio.to_thread(site.installation.renew_workers, closing_grace=str(GRACE))
    crowd = drafts(site.database, site.files, vacancy, CROWD, site.telling.now)
    await site.telling.move_to(last - timedelta(seconds=8))
    ahead = timedelta(seconds=(await site.telling.client.get("/clock"))["offset_seconds"])
    a_second = timedelta(seconds=1.02)  # the last few come too late
    sent = await press_all(site.installation.base_urls, crowd, last - ahead, a_second)
    assert {p.response.status_code for p in sent} <= {200, 409}
    received = {p.draft.application_id: p.response.json() for p in sent if p.response.status_code == 200}
    late = {p.draft.application_id: p.response.json() for p in sent if p.response.status_code == 409}
    print(summary(sent, ahead, last + timedelta(seconds=1)))
    in_time = {p.draft.application_id for p in sent if p.sent + ahead < last + timedelta(seconds=1)}
    assert received.keys() == in_time
    assert late
    assert {problem["code"] for problem in late.values()} == {"window-closed"}
    assert {problem["facts"]["deadline"] for problem in late.values()} == {last.astimezone(UTC).isoformat()}
    assert all(datetime.fromisoformat(problem["facts"]["server_time"]) > last for problem in late.values())
    until(lambda: window_over(site, round_, vacancy), "the window is closed", within=GRACE + 60)
    check_the_crowd(site, round_, vacancy, received, late)


def window_over(site: Site, round_: Round, vacancy: str) -> bool:
    with site.database.read() as session:
        return state_of(session, round_.id).lanes[vacancy].window_closed
