"""History grows with stages and decisions, never with candidates: events and bytes of a round with few and with many.

Run: `python bench/history_growth.py` (10 and 1,000 candidates; some minutes), on the real server, worker and database.
Candidates and their sheets are rows put into the record directly, as the API would have written them.
"""

import argparse
import asyncio
import json
import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlmodel import col, select

from demo import sample
from demo.cast import Cast
from demo.client import Client
from demo.round import Round
from demo.telling import Narrator, Telling
from domain.words import Component, Stage
from records import journal
from records.tables import Application, Check, Person, ScoringDuty, Sheet, Vacancy, Window
from records.tables.base import new_id
from runtime.engine import connect
from runtime.settings import Mode, load
from stack import Stack, embedded

COMPONENTS: Final = (Component.TRACK_RECORD, Component.ASSESSMENT, Component.PAPER)


async def measure(candidates: int) -> dict[str, Any]:
    """One vacancy's round with so many candidates, from the draft to the signed minutes."""
    folder = Path(tempfile.mkdtemp(prefix="selter-bench-"))
    settings = load(
        mode=Mode.DEMO,
        data_dir=folder,
        log_level="ERROR",
        api={"port": 0},
        temporal={"port": 0},
        passwords={"time_cost": 1, "memory_kib": 1024, "parallelism": 1},
    )
    async with embedded(settings) as stack:
        telling = Telling(stack, Client(stack.base_url), Narrator(lambda _: None))
        telling.say.now = lambda: telling.today
        cast = Cast(telling.client)
        await cast.assemble(stack)
        round_ = Round(telling, cast)
        await round_.draft()
        await round_.publish()
        await conduct(telling, cast, round_, candidates)
        await telling.client.close()
        return {"candidates": candidates, **await size(stack, f"selection/{round_.id}")}


async def conduct(telling: Telling, cast: Cast, round_: Round, candidates: int) -> None:
    """The stages, with the candidates' data put into the record."""
    client, chair, stack = telling.client, cast.mail("sekda"), telling.stack
    with_both = list(round_.vacancies.values())
    apply(stack, with_both, candidates // len(with_both))
    await telling.move_to(telling.calendar.end_of_day(round_.closes) + timedelta(seconds=1))
    await client.act(f"{round_.path}/stages/announcement/advance", chair)
    check(stack, with_both, [cast.person("sekretariat"), cast.person("sekretariat2")], telling.now)
    await client.act(f"{round_.path}/stages/screening/announce-result", chair)
    for assessor in ("asesor1", "asesor2"):
        for component in COMPONENTS:
            body = {"component": component, "assessor_id": cast.person(assessor)}
            await client.act(f"{round_.path}/assign", cast.mail("sekretariat"), **body)
    await client.act(f"{round_.path}/stages/screening/advance", chair)
    for stage in ("assessment", "interview"):
        score(stack, with_both, Stage(stage), telling.now)
        for act in ("open-seals", "announce-result", "advance"):
            await client.act(f"{round_.path}/stages/{stage}/{act}", chair)
    await stack.mailer.settled(within=1800)


def apply(stack: Stack, vacancy_ids: list[str], candidates: int) -> None:
    """Submitted applications, all of them fit."""
    with stack.services.database.write() as writer:
        session, at = writer.session, stack.services.clock.now()
        vacancies = [session.get_one(Vacancy, v) for v in vacancy_ids]
        agency_id = journal.case_of(session, f"selection/{vacancies[0].selection_id}").agency_id
        profile = {
            "education": "S2",
            "rank": "IV/b",
            "experience_years": 12,
            "discipline": [],
            "positions": [{"kind": "administrator", "held_from": "2019-02-01", "definitive": True}],
        }
        people = [
            Person(name=f"Calon {n}", mail=f"{new_id()}@pelamar.example", birth_date=date(1978, 4, 11), created_at=at)
            for n in range(candidates * len(vacancies))
        ]
        session.add_all(people)
        session.flush()
        for place, vacancy in enumerate(vacancies):
            for person in people[place :: len(vacancies)]:
                session.add(
                    Application(
                        agency_id=agency_id,
                        selection_id=vacancy.selection_id,
                        vacancy_id=vacancy.id,
                        person_id=person.id,
                        profile=profile,
                        created_at=at,
                        submitted_at=at,
                    )
                )
        assert session.get(Window, vacancy_ids[0]) is not None


def check(stack: Stack, vacancy_ids: list[str], verifiers: list[str], at: datetime) -> None:
    """Both verifiers find every requirement met."""
    names = ["max_age", "education", "min_rank", "experience_years", "feeder_years", "discipline"]
    names += [f"document.{d['code']}" for d in sample.DOCUMENTS]
    with stack.services.database.write() as writer:
        query = select(Application.id).where(col(Application.vacancy_id).in_(vacancy_ids))
        for application_id in writer.session.exec(query):
            for name in names:
                for verifier in verifiers:
                    writer.session.add(
                        Check(
                            application_id=application_id,
                            requirement=name,
                            verifier_id=verifier,
                            verdict="met",
                            computed="met",
                            reason="asli sesuai",
                            at=at,
                        )
                    )


def score(stack: Stack, vacancy_ids: list[str], stage: Stage, at: datetime) -> None:
    """Every duty of the stage has its sheet."""
    with stack.services.database.write() as writer:
        session = writer.session
        duties = [
            d
            for d in session.exec(select(ScoringDuty).where(col(ScoringDuty.vacancy_id).in_(vacancy_ids)))
            if Component(d.component).stage is stage
        ]
        by_vacancy: dict[str, list[str]] = {v: [] for v in vacancy_ids}
        for row in session.exec(select(Application).where(col(Application.vacancy_id).in_(vacancy_ids))):
            by_vacancy[row.vacancy_id].append(row.id)
        for duty in duties:
            for number, application_id in enumerate(by_vacancy[duty.vacancy_id]):
                session.add(
                    Sheet(
                        application_id=application_id,
                        vacancy_id=duty.vacancy_id,
                        component=duty.component,
                        assessor_id=duty.assessor_id,
                        score=Decimal(70) + Decimal(number % 2900) / 100,
                        salt=new_id(),
                        sha256=new_id(),
                        sealed_at=at,
                    )
                )


async def size(stack: Stack, case_key: str) -> dict[str, int]:
    """Events and bytes of the workflow's history."""
    client = await connect(stack.settings, stack.temporal_address)
    history = await client.get_workflow_handle(case_key).fetch_history()
    return {"events": len(history.events), "bytes": sum(event.ByteSize() for event in history.events)}


async def main() -> None:
    """Measure each size and print one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("candidates", nargs="*", type=int, default=[10, 1000], help="candidates a vacancy")
    for count in parser.parse_args().candidates:
        print(json.dumps(await measure(count)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
