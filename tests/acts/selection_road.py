"""The road of a round up to each stage, for tests that begin there."""

from datetime import timedelta

from domain.words import Component, Stage
from records.tables import Document
from tests.acts.selection_world import World

HOUR = timedelta(hours=1)
COMMITTEE = ("chair", "clerk", "member1", "member2", "member3")
ASSESSED = (Component.TRACK_RECORD, Component.ASSESSMENT, Component.PAPER)
SCORES = {"candidate1": "90", "candidate2": "85", "candidate3": "80", "candidate4": "75", "candidate5": "70"}


def applied(world: World, count: int = 4, vacancy: str | None = None) -> dict[str, str]:
    """Application ids by the candidate's name."""
    return {f"candidate{n}": world.apply(f"candidate{n}", vacancy) for n in range(1, count + 1)}


def window_closed(world: World, count: int = 4) -> dict[str, str]:
    """Applications came in, and the window of the first vacancy ran out."""
    ids = applied(world, count)
    world.reach(world.due("window"))
    return ids


def screening(world: World, count: int = 4) -> dict[str, str]:
    """The first vacancy stands in screening."""
    ids = window_closed(world, count)
    world.act("advance", "chair", world.vacancy, at=world.now + HOUR, stage="announcement")
    return ids


def screened(world: World, count: int = 4) -> dict[str, str]:
    """Everybody meets the requirements, and was told so."""
    ids = screening(world, count)
    for application_id in ids.values():
        world.verify(application_id)
    world.act("announce_result", "chair", world.vacancy, at=world.now + HOUR, stage="screening")
    return ids


def assessment(world: World, count: int = 4) -> dict[str, str]:
    """The first vacancy stands in assessment, two assessors on each component."""
    ids = screened(world, count)
    for component in ASSESSED:
        for assessor in ("assessor1", "assessor2"):
            world.act(
                "assign",
                "secretariat",
                world.vacancy,
                component=component.value,
                assessor_id=world.people[assessor],
            )
    world.act("advance", "chair", world.vacancy, at=world.now + HOUR, stage="screening")
    return ids


def score(world: World, ids: dict[str, str], scores: dict[str, str] = SCORES, stage: Stage | None = None) -> None:
    """Everybody on duty seals the same score for a candidate."""
    interview = (stage or world.lane().stage) is Stage.INTERVIEW
    judges = COMMITTEE if interview else ("assessor1", "assessor2")
    for name, application_id in ids.items():
        world.seal(application_id, (Component.INTERVIEW,) if interview else ASSESSED, judges, scores[name])


def opened(world: World, ids: dict[str, str], scores: dict[str, str] = SCORES) -> None:
    """Sheets in, seals open, result announced."""
    stage = world.lane().stage
    score(world, ids, scores)
    world.act("open_seals", "chair", world.vacancy, at=world.now + HOUR, stage=stage.value)
    world.act("announce_result", "chair", world.vacancy, at=world.now + HOUR, stage=stage.value)


def interview(world: World, count: int = 4, scores: dict[str, str] = SCORES) -> dict[str, str]:
    """The first vacancy stands in the interview."""
    ids = assessment(world, count)
    opened(world, ids, scores)
    world.act("advance", "chair", world.vacancy, at=world.now + HOUR, stage="assessment")
    return ids


def appointment(world: World, count: int = 4, scores: dict[str, str] = SCORES) -> dict[str, str]:
    """The first vacancy stands in appointment, minutes unsigned."""
    ids = interview(world, count, scores)
    opened(world, ids, scores)
    world.act("advance", "chair", world.vacancy, at=world.now + HOUR, stage="interview")
    return ids


def sign(world: World, *members: str) -> None:
    """Members sign the minutes of the first vacancy."""
    minutes = world.row(Document, world.lane().minutes)
    for member in members or COMMITTEE:
        world.act("sign_minutes", member, world.vacancy, document_id=minutes.id, sha256=minutes.inputs_sha256)


def shortlisted(world: World, count: int = 4) -> dict[str, str]:
    """Three names lie before the PPK."""
    ids = appointment(world, count)
    sign(world)
    world.act("submit_shortlist", "chair", world.vacancy, at=world.now + HOUR)
    return ids


def clear(world: World, kind: str = "appointment") -> None:
    """Another authority's letter."""
    today = world.calendar().local_date(world.now).isoformat()
    world.act(
        "record_clearance", "secretariat", world.vacancy, kind=kind, number="B-9/X", issued_on=today, granted=True
    )


def chosen(world: World, count: int = 4) -> dict[str, str]:
    """The PPK has chosen the second, and the supervisor agrees."""
    ids = shortlisted(world, count)
    world.act("choose", "ppk", world.vacancy, at=world.now + HOUR, application_id=ids["candidate2"])
    clear(world)
    return ids


def decreed(world: World, count: int = 4) -> dict[str, str]:
    """The decree is issued."""
    ids = chosen(world, count)
    world.act("issue_decree", "ppk", world.vacancy, at=world.now + HOUR)
    return ids
