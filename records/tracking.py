"""What a candidate can follow: done, now, next and by when, why a date moved, and results with reasons once announced.

Derived from the journal, the decisions and the deadlines; nothing here is stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlmodel import Session, col, select

from domain.acts import act_of
from domain.case import Entry
from domain.plan import TITLES
from domain.rules import RuleSet
from domain.selection import Lane, SelectionState, apply, born
from domain.words import CaseKind, Outcome, Stage
from records import journal
from records import rules as rule_sets
from records.applications import Dossier
from records.selections import case_key
from records.tables import Document, StageDecision

STAGE_TITLES: Final = MappingProxyType(
    {
        Stage.DRAFT: "Persiapan",
        Stage.ANNOUNCEMENT: "Pengumuman dan pendaftaran",
        Stage.SCREENING: "Seleksi administrasi",
        Stage.ASSESSMENT: "Seleksi kompetensi",
        Stage.INTERVIEW: "Wawancara akhir",
        Stage.APPOINTMENT: "Penetapan dan pengangkatan",
        Stage.CLOSED: "Selesai",
    }
)
_STEPS: Final = MappingProxyType(
    {
        Stage.SCREENING: ("screening_result",),
        Stage.ASSESSMENT: ("assessment", "paper"),
        Stage.INTERVIEW: ("interview",),
        Stage.APPOINTMENT: ("final_result", "inauguration"),
    }
)
_TOLD: Final = frozenset(
    {
        "publish",
        "extend_vacancy",
        "fall_due",
        "advance",
        "announce_result",
        "suspend",
        "resume",
        "repeat_stage",
        "close_vacancy",
        "cancel",
        "record_inauguration",
    }
)


@dataclass(frozen=True)
class Step:
    """Something that has happened."""

    code: str
    title: str
    at: datetime
    document_id: str = ""


@dataclass(frozen=True)
class Upcoming:
    """What comes next, by when and under which rule; dates as published where no deadline runs yet."""

    code: str
    title: str
    by: datetime | None
    planned: str
    rule: str
    citation: str


@dataclass(frozen=True)
class Moved:
    """A date that moved, and the act that moved it."""

    key: str
    before: datetime
    after: datetime
    at: datetime
    act: str
    why: str
    rule: str


@dataclass(frozen=True)
class Result:
    """A stage's decision on this application, as announced."""

    stage: str
    title: str
    repeat: int
    passed: bool
    announced_at: datetime
    reasons: list[dict[str, Any]]
    total: str | None
    rank: int | None


@dataclass(frozen=True)
class Tracking:
    """An application's whole way so far."""

    application_id: str
    selection_id: str
    selection: str
    post: str
    unit: str
    status: str
    status_text: str
    stage: str
    since: datetime
    suspended_at: datetime | None
    done: list[Step]
    now: str
    next: list[Upcoming]
    moved: list[Moved]
    results: list[Result]
    as_of: datetime


def of(session: Session, found: Dossier, at: datetime) -> Tracking:
    """The way of one application, as of an instant."""
    case = journal.case_of(session, case_key(found.selection.id))
    entries = [journal.as_entry(row) for row in journal.entries_of(session, case.key)]
    state = born(case.id, case.agency_id, case.effective_at, case.origin)
    for entry in entries:
        state = apply(state, entry)
    lane = state.lanes.get(found.vacancy.id)
    results = _results(session, found)
    status = _status(found, state, lane, results)
    rules = rule_sets.pinned(session, state.rules_sha256) if state.rules_sha256 else None
    stage = lane.stage if lane else Stage.DRAFT
    return Tracking(
        application_id=found.application.id,
        selection_id=found.selection.id,
        selection=found.selection.title,
        post=found.vacancy.title,
        unit=found.vacancy.unit,
        status=status,
        status_text=STATUS_TEXTS[status],
        stage=stage,
        since=lane.since if lane else state.effective_at,
        suspended_at=lane.suspended_at if lane else None,
        done=_done(session, found, entries),
        now=STAGE_TITLES[stage],
        next=list(_next(state, lane, found, rules)) if status in _UNDER_WAY else [],
        moved=list(_moved(entries, found.vacancy.id)),
        results=results,
        as_of=at,
    )


def _done(session: Session, found: Dossier, entries: Sequence[Entry]) -> list[Step]:
    """What has happened, in order: the applicant's own steps, the acts on his vacancy, the letters to him."""
    steps = [
        *_own_steps(found),
        *_steps(entries, found.vacancy.id),
        *_letters(session, found, {entry.seq: entry.at for entry in entries}),
    ]
    return sorted(steps, key=lambda step: step.at)


STATUS_TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "draft": "Draf, belum dikirim",
        "submitted": "Terkirim, menunggu penutupan pendaftaran",
        "screening": "Sedang diperiksa pada seleksi administrasi",
        "in_process": "Peserta seleksi, menunggu tahap berikutnya",
        "not_passed": "Tidak lulus",
        "withdrawn": "Ditarik oleh pelamar",
        "not_submitted": "Tidak dikirim sampai batas waktu",
        "awaiting_appointment": "Menunggu penetapan Pejabat Pembina Kepegawaian",
        "appointed": "Dilantik",
        "not_chosen": "Tidak dipilih",
        "closed": "Jabatan ditutup tanpa pengisian",
        "cancelled": "Seleksi dibatalkan",
    }
)
_UNDER_WAY: Final = frozenset({"draft", "submitted", "screening", "in_process", "awaiting_appointment"})


def _status(found: Dossier, state: SelectionState, lane: Lane | None, results: Sequence[Result]) -> str:
    """Where the application stands; derived, in the order in which one fact overrides another."""
    if found.application.withdrawn_at is not None:
        return "withdrawn"
    if any(not r.passed for r in _latest(results)):
        return "not_passed"
    if state.outcome is Outcome.CANCELLED:
        return "cancelled"
    if found.application.submitted_at is None:
        return "not_submitted" if lane is not None and lane.window_closed else "draft"
    if lane is None or lane.stage is Stage.ANNOUNCEMENT:
        return "submitted"
    if lane.stage is Stage.CLOSED:
        return _end(found, lane)
    if lane.stage is Stage.APPOINTMENT:
        return "awaiting_appointment"
    return "screening" if lane.stage is Stage.SCREENING and not lane.announced else "in_process"


def _end(found: Dossier, lane: Lane) -> str:
    if lane.outcome is Outcome.APPOINTED:
        return "appointed" if lane.chosen == found.application.id else "not_chosen"
    return "closed"


def _latest(results: Sequence[Result]) -> list[Result]:
    """Of each stage the last repeat."""
    return list({r.stage: r for r in sorted(results, key=lambda r: r.repeat)}.values())


def _results(session: Session, found: Dossier) -> list[Result]:
    query = select(StageDecision).where(col(StageDecision.application_id) == found.application.id)
    return [
        Result(
            stage=d.stage,
            title=STAGE_TITLES[Stage(d.stage)],
            repeat=d.repeat,
            passed=d.passed,
            announced_at=d.announced_at,
            reasons=d.reasons,
            total=None if d.total is None else format(d.total, ".2f"),
            rank=d.rank,
        )
        for d in session.exec(query.order_by(col(StageDecision.announced_at)))
    ]


def _own_steps(found: Dossier) -> Iterator[Step]:
    application = found.application
    yield Step("begin_application", "Lamaran dibuat", application.created_at)
    if application.submitted_at is not None:
        yield Step("submit_application", "Lamaran dikirim", application.submitted_at, application.receipt_id or "")
    if application.withdrawn_at is not None:
        yield Step("withdraw_application", "Lamaran ditarik", application.withdrawn_at)


def _letters(session: Session, found: Dossier, written: Mapping[int, datetime]) -> Iterator[Step]:
    """Letters to the applicant in this round, at the instant of the act that issued them."""
    query = select(Document).where(
        col(Document.subject_id) == found.application.person_id,
        col(Document.case_key) == case_key(found.selection.id),
    )
    for document in session.exec(query):
        if document.seq in written:
            yield Step(f"document.{document.kind}", document.title, written[document.seq], document.id)


def _steps(entries: Sequence[Entry], vacancy_id: str) -> Iterator[Step]:
    for entry in entries:
        if entry.act in _TOLD and _concerns(entry, vacancy_id):
            act = act_of(CaseKind.SELECTION, entry.act)
            title = act.title if act and act.name != "fall_due" else "Pendaftaran ditutup"
            yield Step(entry.act, title, entry.at)


def _concerns(entry: Entry, vacancy_id: str) -> bool:
    if entry.act == "fall_due":
        return bool(entry.data.get("key") == f"window/{vacancy_id}")
    return not entry.vacancy_ids or vacancy_id in entry.vacancy_ids


def _next(state: SelectionState, lane: Lane | None, found: Dossier, rules: RuleSet | None) -> Iterator[Upcoming]:
    """Running deadlines of the lane first, then the published steps that lie ahead."""
    running = sorted((d for d in state.deadlines if d.subject == found.vacancy.id), key=lambda d: d.due)
    for deadline in running:
        kind = deadline.key.partition("/")[0]
        citation = rules.rule(deadline.rule).citation if rules and rules.has(deadline.rule) else ""
        yield Upcoming(kind, _DEADLINES.get(kind, kind), deadline.due, "", deadline.rule, citation)
    stage = lane.stage if lane else Stage.DRAFT
    order = list(Stage)
    for later in order[order.index(stage) + 1 : -1]:
        for row in found.selection.timetable:
            if row["step"] in _STEPS.get(later, ()):
                yield _planned(row)


def _planned(row: Mapping[str, Any]) -> Upcoming:
    """A published step that lies ahead."""
    step, start, end = row["step"], row["start"], row.get("end")
    planned = start if end in (None, start) else f"{start}..{end}"
    return Upcoming(step, STEP_TITLES.get(step, step), None, planned, "plan.timetable", "")


STEP_TITLES: Final[Mapping[str, str]] = MappingProxyType({step.value: title for step, title in TITLES.items()})
_DEADLINES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "window": "Penutupan pendaftaran",
        "announcement": "Keputusan panitia setelah pendaftaran ditutup",
        "screening": "Pengumuman hasil seleksi administrasi",
        "assessment": "Pengumuman hasil seleksi kompetensi",
        "interview": "Pengumuman hasil wawancara",
        "appointment": "Penyampaian tiga nama",
        "choice": "Keputusan Pejabat Pembina Kepegawaian",
        "inauguration": "Pelantikan",
    }
)
_GROUNDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "regulator_hold": "dihentikan sementara atas permintaan instansi pengawas",
        "complaint": "dihentikan sementara karena pengaduan",
        "outage": "dihentikan sementara karena gangguan sistem",
    }
)


def _moved(entries: Sequence[Entry], vacancy_id: str) -> Iterator[Moved]:
    """Each time an entry sets another date for a deadline of this vacancy."""
    present: dict[str, datetime] = {}
    ground = ""
    for entry in entries:
        if entry.act == "suspend" and _concerns(entry, vacancy_id):
            ground = _GROUNDS.get(entry.data.get("ground", ""), "")
        for item in entry.data.get("set", ()):
            if item.get("subject") != vacancy_id:
                continue
            due = datetime.fromisoformat(item["due"])
            before = present.get(item["key"])
            if before is not None and before != due:
                act = act_of(CaseKind.SELECTION, entry.act)
                why = f"{act.title if act else entry.act}{f': {ground}' if entry.act == 'resume' and ground else ''}"
                yield Moved(item["key"], before, due, entry.at, entry.act, why, item["rule"])
            present[item["key"]] = due
