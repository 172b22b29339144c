"""Announcement: publishing a draft, closing the window, extending it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from domain import letters
from domain.checks.consent import consulted
from domain.deadlines.selection import applications_close, closing_time, extension_closes
from domain.law.announcement import counted_applicants, may_extend, minimum_applicants, most_extensions
from domain.law.application import required_documents
from domain.law.appointment import needs_recommendation
from domain.law.authority import (
    acting_head_needs_minister,
    acting_head_needs_supervisor,
    restricted_after_inauguration,
    restricted_before_candidacy,
)
from domain.plan import TITLES, AgencyKind
from domain.ranking import shortlist_size
from domain.refusals import Refused
from domain.review import objection_clock_over
from domain.rules import Enforcement, refuse
from domain.scoring.pass_mark import PassSystem, cut_to_interview, pass_system
from domain.switches import Switch
from domain.words import CaseKind, Clearance, DocumentKind, HoldingKind, Stage, VacancyKind
from records import journal, plans
from records import rules as rule_sets
from records.acts.acting import Acting, Recorder, signature
from records.acts.round import COMMITTEE_UNIT, Round, cite, local, post_facts, title_of, weights_of
from records.documents import COMMITTEE
from records.tables import Vacancy, Window

STEP_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {step.value: title for step, title in TITLES.items()}
    | {"announcement": "Pengumuman dan penerimaan lamaran", "assessment": "Asesmen kompetensi dan rekam jejak"}
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
    closes_at = applications_close(acting.calendar, closes, acting.rules).at
    for vacancy in round_.vacancies.values():
        opens_at = acting.calendar.start_of_day(opens)
        acting.session.add(Window(vacancy_id=vacancy.id, opens_at=opens_at, closes_at=closes_at))
        acting.due(f"window/{vacancy.id}", closes_at, "announcement.min_calendar_days", subject=vacancy.id)
    _announce(acting, round_, opens, closes)


def _require_lawful_plan(acting: Acting, round_: Round) -> None:
    missing = plans.missing_parts(round_.selection, list(round_.vacancies.values()))
    if missing:
        raise Refused("plan-incomplete", missing=", ".join(missing))
    _require_documents(acting, list(round_.vacancies.values()))
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


def _require_documents(acting: Acting, vacancies: Sequence[Vacancy]) -> None:
    """Every post asks for the documents without which the law lets nobody apply."""
    if not acting.rules.switched(Switch.WHOLE_SELECTION):
        return
    for index, vacancy in enumerate(vacancies):
        asked = [d["code"] for d in vacancy.documents if d.get("required", True)]
        for code in set(required_documents(asked, acting.rules)) - set(asked):
            rule, missing = "application.ppk_recommendation_required", f"vacancies[{index}].documents: {code}"
            raise refuse(acting.rules, rule, "plan-incomplete", missing=missing)


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
    acting_head = bool(round_.selection.context.get("acting_head"))
    supervised = acting_head and acting_head_needs_supervisor(HoldingKind.PJ, acting.rules)
    needs = [Clearance.APPOINTMENT] if supervised or needs_recommendation(acting.rules) else []
    if _minister_consents(acting, round_):
        needs.append(Clearance.HOME_AFFAIRS)
    if vacancy.kind in (VacancyKind.SEKDA, VacancyKind.SEKWAN):
        authority = consulted(VacancyKind(vacancy.kind), AgencyKind(acting.agency.kind), acting.rules)
        needs += [_CONSULTED[authority]] if authority in _CONSULTED else []
    return [str(n) for n in needs]


_CONSULTED: Final = {"governor": Clearance.GOVERNOR, "dprd_leadership": Clearance.COUNCIL}


def _minister_consents(acting: Acting, round_: Round) -> bool:
    """Whether the home minister must consent: to an acting head, or to an inauguration in a restriction window."""
    context, rules = round_.selection.context, acting.rules
    acting_head = bool(context.get("acting_head"))
    inaugurated, determined = context.get("head_inaugurated_on"), context.get("next_candidacy_determination")
    if not rules.switched(Switch.WHOLE_SELECTION):
        return acting_head or bool(determined)
    if acting_head and acting_head_needs_minister(HoldingKind.PJ, rules):
        return True
    day = max(start for _, start, _ in round_.planned("inauguration") or round_.planned(*STEP_TITLES))
    if inaugurated and restricted_after_inauguration(day, date.fromisoformat(inaugurated), rules):
        return True
    return bool(determined) and restricted_before_candidacy(day, date.fromisoformat(str(determined)), rules)


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
        "deadline": local(acting, applications_close(acting.calendar, closes, acting.rules).at),
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
    return f"{closing_time(acting.rules):%H.%M} {names.get(int(offset.total_seconds() // 3600), '')}".strip()


def _scheme(acting: Acting, round_: Round) -> str:
    marks = round_.selection.pass_marks
    named = ", ".join(f"{COMPONENT_TITLES[c]} {marks[c]}" for c in COMPONENT_TITLES if c in marks)
    knockout = pass_system(acting.rules) is PassSystem.KNOCKOUT
    missed = "yang kurang dari itu gugur" if knockout else "yang menentukan ialah jumlah nilai"
    passing = f" Nilai ambang: {named}; {missed}." if named else ""
    cut = cut_to_interview(acting.rules)
    invited = f" {cut} peserta terbaik melanjutkan ke wawancara akhir." if cut else ""
    ties = " > ".join(COMPONENT_TITLES[c] for c in round_.selection.tie_break)
    broken = f" Nilai sama diputus menurut urutan: {ties}." if ties else ""
    return (
        "Seleksi administrasi bersifat gugur: satu syarat yang tidak terpenuhi menggugurkan. "
        "Nilai tahap berikutnya dijumlahkan menurut bobot dan dibulatkan sampai dua angka di belakang koma; angka 5 "
        f"dibulatkan ke atas.{passing}{invited}{broken} "
        f"{shortlist_size(acting.rules)} nilai terbaik setiap jabatan disampaikan kepada PPK."
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
    least = minimum_applicants(round_.selection.applicants_minimum, acting.rules)
    acting.data["enough"] = counted_applicants(count, None, acting.rules) >= least
    acting.lift(f"window/{vacancy_id}")
    decide_by = round_.stage_due(vacancy_id, "announcement", "announcement")
    facts = post_facts(
        round_.vacancies[vacancy_id],
        stage=Stage.ANNOUNCEMENT.value,
        act=title_of("advance" if acting.data["enough"] else "extend_vacancy"),
        deadline=local(acting, decide_by),
    )
    acting.mail("committee_notice", [person.id for person, _ in round_.committee], facts)


def extend(acting: Acting) -> None:
    """Extend the window by the rule's days, as often as the rule allows; everybody who began is told."""
    round_ = Round(acting)
    for vacancy, lane in round_.chosen():
        if not may_extend(lane.extensions, acting.rules):
            times = most_extensions(acting.rules)
            raise refuse(acting.rules, "extension.max_times", "no-more-extensions", times=times)
        window = acting.session.get_one(Window, vacancy.id, with_for_update=True)
        last = max(acting.calendar.local_date(window.closes_at), acting.today)
        window.closes_at = extension_closes(acting.calendar, last, acting.rules).at
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
