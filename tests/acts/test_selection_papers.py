"""Every letter and mail that the acts of a round cause can be written, with the facts their templates ask for."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from activities import press
from activities.documents import press_document
from contract_templates import MAIL_FACTS
from domain.words import Verdict
from records.files import FileStore
from records.tables import Agency, Document, OutboundMail
from tests.acts import selection_road as road
from tests.acts.selection_plan import PUBLISHED
from tests.acts.selection_world import World

pytest_plugins = ["tests.acts.selection_fixtures"]
RECORDERS = Path("records/acts")
SELECTION = ("announcement", "screening", "scoring", "stages", "appointment", "lanes")
CODES = re.compile(r"\b(?:[a-z]+_[a-z_]+|plan\.timetable|advance|publish|choose|extend)\b")


def a_round_with_everything(world: World) -> None:
    """A suspension, a failed applicant, an absence, a tie, a recusal, a repeat, a new member, and an inauguration."""
    world.apply("slow", submitted=False)
    world.act("suspend", "chair", world.vacancy, ground="outage")
    world.act("resume", "chair", world.vacancy, at=world.now + timedelta(days=2))
    world.reach(world.due("window"))
    world.act("extend_vacancy", "chair", world.vacancy, at=world.now + road.HOUR)
    ids = road.screening(world, 5)
    world.reach(world.due("screening"))
    for name, application_id in ids.items():
        world.verify(application_id, Verdict.NOT_MET if name == "candidate5" else Verdict.MET)
    world.act("announce_result", "chair", world.vacancy, stage="screening")
    del ids["candidate5"]
    for component in road.ASSESSED:
        for assessor in ("assessor1", "assessor2", "member1"):
            world.act("assign", "secretariat", world.vacancy, component=component, assessor_id=world.people[assessor])
    world.act("advance", "chair", world.vacancy, stage="screening")
    world.act("recuse", "member1", person_id=world.people["member1"], application_id=ids["candidate1"], ground="family")
    for name, application_id in ids.items():
        judges = ["assessor1", "assessor2"] if name == "candidate1" else ["assessor1", "assessor2", "member1"]
        world.seal(application_id, road.ASSESSED, judges, "81.5")
    world.act("open_seals", "chair", world.vacancy, stage="assessment")
    world.act("announce_result", "chair", world.vacancy, stage="assessment")
    world.act("advance", "chair", world.vacancy, stage="assessment")
    world.act(
        "replace_member",
        "ppk",
        outgoing_id=world.people["member3"],
        incoming_id=world.people["spare"],
        element="expert",
        basis="SK-2/X",
    )
    for name, application_id in ids.items():
        panel = ["chair", "clerk", "member2", "spare"]
        judges = panel if name == "candidate1" else [*panel, "member1"]
        world.seal(application_id, (road.Component.INTERVIEW,), judges, road.SCORES[name])
    world.act("open_seals", "chair", world.vacancy, stage="interview")
    world.act("announce_result", "chair", world.vacancy, stage="interview")
    world.act("advance", "chair", world.vacancy, stage="interview")
    world.act("repeat_stage", "chair", world.vacancy, stage="appointment")
    road.sign(world, "chair", "clerk", "member1", "member2", "spare")
    world.act("submit_shortlist", "chair", world.vacancy)
    world.reach(world.due("choice"))
    world.act("choose", "ppk", world.vacancy, application_id=ids["candidate2"])
    road.clear(world)
    world.act("issue_decree", "ppk", world.vacancy)
    world.act(
        "record_inauguration",
        "secretariat",
        world.vacancy,
        inaugurated_on=world.calendar().local_date(world.now).isoformat(),
        officiant_id=world.people["ppk"],
        witness_ids=[world.people["pyb"], world.people["clerk"]],
        oath="janji",
    )


def a_round_without_an_end(world: World) -> None:
    """One vacancy is closed, the other cancelled. It is a round of the same days, seen by the same clock."""
    world.draft("sekda", "sekwan")
    world.now = PUBLISHED
    world.act("publish", "secretariat")
    for vacancy in world.vacancies:
        world.apply("keen", vacancy)
    world.reach(world.due("window"))
    world.act("close_vacancy", "chair", world.vacancy)
    world.act("cancel", "ppk")


def written(world: World, mail: OutboundMail) -> str:
    """The mail as the dispatcher writes it."""
    facts = {**mail.facts, "agency": world.row(Agency, mail.agency_id).name, "greeting": "Yth.", "link": "https://x"}
    rendered = press.render_mail(mail.template, facts)
    return f"{rendered.subject}\n{rendered.body}"


def test_every_mail_and_letter_of_a_rounds_life_can_be_written(
    published: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "find_office", lambda: None)
    a_round_with_everything(published)
    a_round_without_an_end(World(published.database, number=100))
    mails = published.rows(OutboundMail)
    for mail in mails:
        text = written(published, mail)
        assert set(MAIL_FACTS[mail.template]) <= {*mail.facts, "agency", "greeting", "link"}
        assert not CODES.findall(text), f"{mail.template}: a code instead of words: {CODES.findall(text)}"
    sources = "".join((RECORDERS / f"{name}.py").read_text() for name in SELECTION)
    queued = set(re.findall(r'acting\.mail\(\s*"(\w+)"', sources))
    assert queued == {m.template for m in mails}
    files = FileStore(tmp_path / "files")
    for document in published.rows(Document):
        press_document(published.database, files, document.id)
    assert all(files.intact(d.docx_sha256) for d in published.rows(Document))
    assert {d.kind for d in published.rows(Document)} == {
        "announcement",
        "screening_result",
        "invitation",
        "minutes",
        "shortlist_letter",
        "decree",
    }
