"""Announcement: publishing a draft, closing the window, extending it."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from domain import letters
from domain.refusals import Refused
from domain.review import objection_clock_over
from domain.rules import Enforcement, refuse
from domain.words import CaseKind, Clearance, DocumentKind, Stage, VacancyKind
from records import journal, plans
from records import rules as rule_sets
from records.acts.acting import Acting, Recorder, signature
from records.acts.round import COMMITTEE_UNIT, Round, cite, local, post_facts, title_of, weights_of
from records.documents import COMMITTEE
from records.tables import Vacancy, Window

STEP_TITLES: Final = MappingProxyType(
    {
        "announcement": "Pengumuman dan penerimaan lamaran",
        "screening_result": "Pengumuman hasil seleksi administrasi",
        "assessment": "Asesmen kompetensi dan rekam jejak",
        "paper": "Penulisan makalah",
        "interview": "Wawancara akhir",
        "final_result": "Pengumuman hasil akhir",
        "inauguration": "Pelantikan",
    }
)
COMPONENT_TITLES: Final = MappingProxyType(
    {
        "track_record": "Rekam jejak",
        "assessment": "Asesmen kompetensi",
        "paper": "Makalah",
        "interview": "Wawancara akhir",
    }
)


def publish(acting: Acting) -> None:
    """Publish the round: the plan is lawful, the rules are pinned, the windows and the announcement are issued."""
    round_ = Round(acting)
    _require_clock_over(acting, round_)
    _require_lawful_plan(acting, round_)
    opens, closes = (date.fromisoformat(round_.selection.announcement[k]) for k in ("opens", "closes"))
    if acting.today > opens:
        raise Refused("publish-late", opens=opens.isoformat(), today=acting.today.isoformat())
    acting.data["rules_sha256"] = rule_sets.pin(acting.session, acting.rules)
    acting.data["vacancies"] = [{"id": v.id, "needs": _needs(acting, round_, v)} for v in round_.vacancies.values()]
    closes_at = acting.calendar.end_of_day(closes)
    for vacancy in round_.vacancies.values():
        opens_at = acting.calendar.start_of_day(opens)
        acting.session.add(Window(vacancy_id=vacancy.id, opens_at=opens_at, closes_at=closes_at))
        acting.due(f"window/{vacancy.id}", closes_at, "announcement.min_calendar_days", subject=vacancy.id)
    _announce(acting, round_, opens, closes)


def _require_lawful_plan(acting: Acting, round_: Round) -> None:
    missing = plans.missing_parts(round_.selection, list(round_.vacancies.values()))
    if missing:
        raise Refused("plan-incomplete", missing=", ".join(missing))
    findings = plans.lint_selection(acting.session, round_.selection.id, acting.calendar)
    blocks = [f for f in findings if f.severity is Enforcement.BLOCK]
    if blocks:
        first = blocks[0]
        raise Refused(
            "plan-unlawful",
            rule=first.rule,
            citation=first.citation,
            finding=first.message,
            path=first.path,
            count=str(len(blocks)),
        )


def _require_clock_over(acting: Acting, round_: Round) -> None:
    """A vacancy left by a review waits for the objection clock (design 6.4)."""
    if not round_.state.after_review:
        return
    review = journal.state_of(acting.session, f"{CaseKind.REVIEW}/{round_.state.after_review}")
    if not objection_clock_over(review, acting.at):
        raise Refused(
            "objection-clock-runs",
            rule="appeal.keberatan.file_working_days",
            citation=acting.rules.rule("appeal.keberatan.file_working_days").citation,
        )


def _needs(acting: Acting, round_: Round, vacancy: Vacancy) -> list[str]:
    """The clearances that this post's appointment waits for."""
    needs = [Clearance.APPOINTMENT] if acting.rules.flag("bkn.recommendation_before_inauguration") else []
    context = round_.selection.context
    if context.get("acting_head") or context.get("next_candidacy_determination"):
        needs.append(Clearance.HOME_AFFAIRS)
    if vacancy.kind == VacancyKind.SEKDA and acting.agency.kind in ("kabupaten", "kota"):
        needs.append(Clearance.GOVERNOR)
    if vacancy.kind == VacancyKind.SEKWAN:
        needs.append(Clearance.COUNCIL)
    return [str(n) for n in needs]


def _announce(acting: Acting, round_: Round, opens: date, closes: date) -> None:
    selection = round_.selection
    document = acting.issue(
        DocumentKind.ANNOUNCEMENT,
        f"Pengumuman {selection.title}",
        COMMITTEE,
        [signature("Ketua Panitia Seleksi", round_.chair)],
        letters.Announcement,
        unit=COMMITTEE_UNIT,
        public=True,
        wants_pdf=True,
        posts=tuple(_on_offer(v) for v in round_.vacancies.values()),
        opens=opens.isoformat(),
        closes=closes.isoformat(),
        closing_time=_closing_time(acting),
        timetable=tuple(
            letters.TimetableRow(STEP_TITLES.get(r["step"], r["step"]), r["start"], r.get("end") or r["start"])
            for r in sorted(selection.timetable, key=lambda r: r["start"])
        ),
        weights=tuple(letters.WeightRow(COMPONENT_TITLES[c], selection.weights[c]) for c in weights_of(selection)),
        scheme=_scheme(acting, round_),
        portal=f"portal seleksi {acting.agency.name}, laman /seleksi/{selection.id}",
    )
    people = [person.id for person, _ in round_.committee]
    facts = {
        "post": selection.title,
        "stage": Stage.ANNOUNCEMENT.value,
        "act": "menunggu masa pendaftaran berakhir",
        "deadline": local(acting, acting.calendar.end_of_day(closes)),
    }
    acting.mail("committee_notice", people, facts, [document.id])


def _on_offer(vacancy: Vacancy) -> letters.PostOnOffer:
    return letters.PostOnOffer(
        vacancy.title,
        vacancy.unit,
        plans.requirement_lines(vacancy.requirements),
        tuple(vacancy.competencies),
        tuple(d["title"] for d in vacancy.documents),
    )


def _closing_time(acting: Acting) -> str:
    names = {7: "WIB", 8: "WITA", 9: "WIT"}
    offset = acting.at.astimezone(ZoneInfo(acting.agency.zone)).utcoffset() or timedelta()
    return f"23.59 {names.get(int(offset.total_seconds() // 3600), '')}".strip()


def _scheme(acting: Acting, round_: Round) -> str:
    marks = round_.selection.pass_marks
    named = ", ".join(f"{COMPONENT_TITLES[c]} {marks[c]}" for c in COMPONENT_TITLES if c in marks)
    passing = f" Nilai ambang: {named}." if named else ""
    ties = " > ".join(COMPONENT_TITLES[c] for c in round_.selection.tie_break)
    broken = f" Nilai sama diputus menurut urutan: {ties}." if ties else ""
    return (
        "Seleksi administrasi bersifat gugur: satu syarat yang tidak terpenuhi menggugurkan. "
        f"Nilai tahap berikutnya dijumlahkan menurut bobot.{passing}{broken} "
        f"{acting.rules.integer('result.top_n')} nilai terbaik setiap jabatan disampaikan kepada PPK."
    )


def close_window(acting: Acting, vacancy_id: str) -> None:
    """The window is over: it is closed under its row's lock, and only then are the applicants counted."""
    round_ = Round(acting)
    query = select(Window).where(col(Window.vacancy_id) == vacancy_id).with_for_update()
    window = acting.session.exec(query).one()
    window.closed_at = acting.at
    acting.session.add(window)
    acting.session.flush()
    count = len(round_.applicants([vacancy_id]))
    acting.data["applicants"] = count
    acting.data["enough"] = count >= _minimum(acting, round_)
    acting.lift(f"window/{vacancy_id}")
    decide_by = round_.stage_due(vacancy_id, "announcement", "announcement")
    facts = post_facts(
        round_.vacancies[vacancy_id],
        stage=Stage.ANNOUNCEMENT.value,
        act=title_of("advance" if acting.data["enough"] else "extend_vacancy"),
        deadline=local(acting, decide_by),
    )
    acting.mail("committee_notice", [person.id for person, _ in round_.committee], facts)


def _minimum(acting: Acting, round_: Round) -> int:
    return round_.selection.applicants_minimum or acting.rules.integer("applicants.min_per_post")


def extend(acting: Acting) -> None:
    """Extend the window by the rule's days, as often as the rule allows; everybody who began is told."""
    round_ = Round(acting)
    most = acting.rules.integer("extension.max_times")
    for vacancy, lane in round_.chosen():
        if lane.extensions >= most:
            raise refuse(acting.rules, "extension.max_times", "no-more-extensions", times=str(most))
        window = acting.session.get_one(Window, vacancy.id, with_for_update=True)
        last = max(acting.calendar.local_date(window.closes_at), acting.today)
        window.closes_at = acting.calendar.end_of_day(last + timedelta(days=acting.rules.integer("extension.days")))
        window.closed_at = None
        acting.session.add(window)
        acting.lift(f"announcement/{vacancy.id}")
        acting.due(f"window/{vacancy.id}", window.closes_at, "extension.days", subject=vacancy.id)
        people = [a.person_id for a in round_.applicants([vacancy.id], drafts=True)]
        people += [person.id for person, _ in round_.committee]
        facts = post_facts(vacancy, deadline=local(acting, window.closes_at), rule=cite(acting, "extension.days"))
        acting.mail("window_extended", people, facts, cause=f"/{vacancy.id}")


def remind_of_window(acting: Acting, vacancy_id: str, deadline: str) -> None:
    """Remind those who began an application and have not sent it."""
    round_ = Round(acting)
    begun = [a for a in round_.applicants([vacancy_id], drafts=True) if a.submitted_at is None]
    rule = cite(acting, "announcement.min_calendar_days")
    facts = post_facts(round_.vacancies[vacancy_id], deadline=deadline, rule=rule)
    acting.mail("window_reminder", [a.person_id for a in begun], facts)


def to_screening(acting: Acting, round_: Round, vacancy: Vacancy) -> None:
    """A vacancy enters screening: its result is due by the timetable."""
    acting.lift(f"announcement/{vacancy.id}")
    round_.stage_due(vacancy.id, "screening", "screening_result")


RECORDERS: Final[Mapping[str, Recorder]] = MappingProxyType({"publish": publish, "extend_vacancy": extend})
