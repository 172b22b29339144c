"""Screening: what the rules compute for each requirement, what verifiers decide, and when an application is decided.

The computed verdict only proposes; a requirement is decided when enough distinct verifiers agree (principle 2).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlmodel import Session, col, select

from domain.eligibility import CandidateRecord, RequirementResult, fails, screen
from domain.law.committee import agreed_verdict
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import Stage, Verdict
from records.applications import pinned_rules, subject_of
from records.assignments import people_by_id
from records.audit import Author, Writer
from records.profiles import candidate_record, requirements_of
from records.selections import held_case, state_of
from records.tables import Agency, Application, Check, Recusal, Selection, Upload, Vacancy, Window

_TITLES: Final = MappingProxyType(
    {
        "civil_status": "Status kepegawaian",
        "max_age": "Usia",
        "education": "Pendidikan",
        "min_rank": "Pangkat/golongan ruang",
        "experience_years": "Pengalaman jabatan terkait",
        "feeder_years": "Jabatan yang sedang atau pernah diduduki",
        "ratings": "Predikat kinerja",
        "discipline": "Hukuman disiplin",
        "training": "Pelatihan kepemimpinan",
        "remaining_service": "Sisa masa kerja",
        "document.ppk_recommendation": "Rekomendasi PPK",
    }
)


@dataclass(frozen=True)
class Opinion:
    """What one verifier found."""

    verifier_id: str
    verdict: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Given:
    """What a verifier says about a requirement."""

    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One requirement of one application: computed, checked, decided (`needs_review` while it is not)."""

    requirement: str
    title: str
    computed: Verdict
    verdict: Verdict
    evidence: str
    reason: str  # what the applicant is told: the verifiers' reason where they overruled, else the evidence
    rule: str
    citation: str
    confidence: str
    would_satisfy: str
    opinions: tuple[Opinion, ...] = ()

    def to_mapping(self) -> dict[str, Any]:
        """As a stage decision keeps it: no verifier's name."""
        return {
            "requirement": self.requirement,
            "title": self.title,
            "verdict": self.verdict.value,
            "computed": self.computed.value,
            "reason": self.reason,
            "evidence": self.evidence,
            "rule": self.rule,
            "citation": self.citation,
            "confidence": self.confidence,
            "would_satisfy": self.would_satisfy if self.verdict is Verdict.NOT_MET else "",
        }


@dataclass(frozen=True)
class Outcome:
    """An application's screening: `needs_review` until every requirement is decided; then one not met fails it."""

    application_id: str
    verdict: Verdict
    rows: tuple[Row, ...]


def outcomes(session: Session, applications: Sequence[Application], rules: RuleSet, repeat: int) -> dict[str, Outcome]:
    """The screening of applications of one round, with one query a table."""
    if not applications:
        return {}
    computed = _computed(session, applications, rules)
    opinions = _opinions(session, [a.id for a in applications], repeat)
    titles = _titles(session, {a.vacancy_id for a in applications})
    return {a.id: _outcome(a.id, computed[a.id], opinions[a.id], titles[a.vacancy_id], rules) for a in applications}


def outcome_of(session: Session, application: Application, rules: RuleSet, repeat: int) -> Outcome:
    """The screening of one application."""
    return outcomes(session, [application], rules, repeat)[application.id]


def check(
    writer: Writer, application: Application, opinions: Mapping[str, Given], at: datetime, author: Author
) -> Outcome:
    """A verifier's verdicts on requirements, all or none; until the announcement he may change his own.

    Raises:
        Refused: `check-locked`, `recused`, `not-submitted`, `unknown-requirement`, `overruling-reason`.
    """
    session = writer.session
    held_case(session, application.selection_id)
    repeat = _open_repeat(session, application)
    if session.exec(_recusal(author.person_id, application.id)).first() is not None:
        raise Refused("recused")
    rules = pinned_rules(session, application.selection_id)
    rows = {r.requirement: r for r in outcome_of(session, application, rules, repeat).rows}
    present = _own(session, application.id, repeat, author.person_id)
    for requirement, given in opinions.items():
        row = _checkable(rows, requirement, given)
        kept = present.get(requirement) or Check(
            application_id=application.id,
            requirement=requirement,
            repeat=repeat,
            verifier_id=author.person_id,
            verdict=given.verdict,
            computed=row.computed,
            at=at,
        )
        kept.verdict, kept.computed, kept.reason, kept.at = given.verdict, row.computed, given.reason, at
        session.add(kept)
        payload = {"requirement": requirement, "repeat": repeat, "computed": row.computed, **vars(given)}
        writer.audit(application.agency_id, at, author, "check_requirement", subject_of(application), payload)
    session.flush()
    return outcome_of(session, application, rules, repeat)


def _checkable(rows: Mapping[str, Row], requirement: str, given: Given) -> Row:
    """The requirement meant, where this verdict on it may be given.

    Raises:
        Refused: `unknown-requirement`, `overruling-reason`.
    """
    row = rows.get(requirement)
    if row is None:
        raise Refused("unknown-requirement", requirement=requirement)
    if given.verdict is not row.computed and row.computed is not Verdict.NEEDS_REVIEW and not given.reason:
        raise Refused("overruling-reason", rule=row.rule, citation=row.citation, computed=row.computed)
    return row


def waiting_for(session: Session, verifier_id: str, lanes: Mapping[str, tuple[int, RuleSet]]) -> dict[str, int]:
    """How many applications of each lane a verifier has still to look at; one query a table, however many lanes.

    `lanes` gives repeat and rules by vacancy. What is decided, or what he has looked at, waits for him no more.
    """
    query = select(Application).where(
        col(Application.vacancy_id).in_(lanes),
        col(Application.submitted_at).is_not(None),
        col(Application.withdrawn_at).is_(None),
        col(Application.person_id) != verifier_id,
    )
    found = list(session.exec(query))
    recusals = select(Recusal.application_id).where(col(Recusal.person_id) == verifier_id)
    recused = set(session.exec(recusals.where(col(Recusal.application_id).in_([a.id for a in found]))))
    opinions = {r: _opinions(session, [a.id for a in found], r) for r in {repeat for repeat, _ in lanes.values()}}
    asked = _asked(session, lanes)
    counts: Counter[str] = Counter()
    for application in (a for a in found if a.id not in recused):
        repeat, rules = lanes[application.vacancy_id]
        given = opinions[repeat][application.id]
        names = asked[application.vacancy_id]
        counts[application.vacancy_id] += any(_waits(given.get(name, []), rules, verifier_id) for name in names)
    return {vacancy_id: count for vacancy_id, count in counts.items() if count}


def _waits(opinions: Sequence[Opinion], rules: RuleSet, verifier_id: str) -> bool:
    looked = any(o.verifier_id == verifier_id for o in opinions)
    return not looked and _decided(opinions, rules) is Verdict.NEEDS_REVIEW


def _asked(session: Session, lanes: Mapping[str, tuple[int, RuleSet]]) -> dict[str, tuple[str, ...]]:
    """The names of the requirements of each vacancy; they do not depend on the applicant."""
    query = (
        select(Vacancy, Selection, Agency, Window)
        .join(Selection, col(Selection.id) == col(Vacancy.selection_id))
        .join(Agency, col(Agency.id) == col(Selection.agency_id))
        .join(Window, col(Window.vacancy_id) == col(Vacancy.id))
        .where(col(Vacancy.id).in_(lanes))
    )
    names = {}
    for vacancy, selection, agency, window in session.exec(query):
        asked = requirements_of(vacancy, selection, window, agency)
        results = screen(CandidateRecord(), asked, (), lanes[vacancy.id][1])
        names[vacancy.id] = tuple(result.requirement for result in results)
    return names


def _open_repeat(session: Session, application: Application) -> int:
    """The repeat of screening under way.

    Raises:
        Refused: `check-locked`, `not-submitted`.
    """
    if application.submitted_at is None or application.withdrawn_at is not None:
        raise Refused("not-submitted")
    lane = state_of(session, application.selection_id).lanes.get(application.vacancy_id)
    if lane is None or lane.stage is not Stage.SCREENING or lane.announced or lane.suspended_at is not None:
        raise Refused("check-locked")
    return lane.repeat(Stage.SCREENING)


def _own(session: Session, application_id: str, repeat: int, verifier_id: str) -> dict[str, Check]:
    """What this verifier has said so far, by requirement."""
    query = select(Check).where(
        col(Check.application_id) == application_id,
        col(Check.verifier_id) == verifier_id,
        col(Check.repeat) == repeat,
    )
    return {c.requirement: c for c in session.exec(query)}


def _recusal(person_id: str, application_id: str) -> Any:
    return select(Recusal).where(col(Recusal.person_id) == person_id, col(Recusal.application_id) == application_id)


def _computed(
    session: Session, applications: Sequence[Application], rules: RuleSet
) -> dict[str, tuple[RequirementResult, ...]]:
    """What the rules say about each application's statements and files."""
    people = people_by_id(session, [a.person_id for a in applications])
    vacancy_ids = {a.vacancy_id for a in applications}
    vacancies = {v.id: v for v in session.exec(select(Vacancy).where(col(Vacancy.id).in_(vacancy_ids)))}
    windows = {w.vacancy_id: w for w in session.exec(select(Window).where(col(Window.vacancy_id).in_(vacancy_ids)))}
    selection = session.get_one(Selection, applications[0].selection_id)
    agency = session.get_one(Agency, selection.agency_id)
    asked = {v: requirements_of(vacancies[v], selection, windows.get(v), agency) for v in vacancy_ids}
    present = _present(session, [a.id for a in applications])
    return {
        a.id: screen(candidate_record(a.profile, people[a.person_id]), asked[a.vacancy_id], present[a.id], rules)
        for a in applications
    }


def _present(session: Session, application_ids: Sequence[str]) -> Mapping[str, set[str]]:
    query = select(Upload).where(col(Upload.application_id).in_(application_ids), col(Upload.replaced_at).is_(None))
    present: defaultdict[str, set[str]] = defaultdict(set)
    for upload in session.exec(query):
        present[upload.application_id].add(upload.code)
    return present


def _opinions(
    session: Session, application_ids: Sequence[str], repeat: int
) -> Mapping[str, Mapping[str, list[Opinion]]]:
    """Opinions by application and requirement, without those of people who have recused themselves since."""
    recused = {
        (r.person_id, r.application_id)
        for r in session.exec(select(Recusal).where(col(Recusal.application_id).in_(application_ids)))
    }
    query = select(Check).where(col(Check.application_id).in_(application_ids), col(Check.repeat) == repeat)
    found: defaultdict[str, defaultdict[str, list[Opinion]]] = defaultdict(lambda: defaultdict(list))
    for c in session.exec(query.order_by(col(Check.at), col(Check.id))):
        if (c.verifier_id, c.application_id) not in recused:
            found[c.application_id][c.requirement].append(Opinion(c.verifier_id, c.verdict, c.reason, c.at))
    return found


def _titles(session: Session, vacancy_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """What people call each requirement, by vacancy; documents by their own titles."""
    vacancies = session.exec(select(Vacancy).where(col(Vacancy.id).in_(vacancy_ids)))
    return {v.id: {**_TITLES, **{f"document.{d['code']}": d["title"] for d in v.documents}} for v in vacancies}


def _outcome(
    application_id: str,
    computed: Sequence[RequirementResult],
    opinions: Mapping[str, list[Opinion]],
    titles: Mapping[str, str],
    rules: RuleSet,
) -> Outcome:
    rows = tuple(_row(r, opinions.get(r.requirement, []), titles, rules) for r in computed)
    verdicts = {row.verdict for row in rows}
    if Verdict.NEEDS_REVIEW in verdicts:
        return Outcome(application_id, Verdict.NEEDS_REVIEW, rows)
    failed = fails(((row.rule, row.verdict) for row in rows), rules)
    return Outcome(application_id, Verdict.NOT_MET if failed else Verdict.MET, rows)


def _row(result: RequirementResult, opinions: Sequence[Opinion], titles: Mapping[str, str], rules: RuleSet) -> Row:
    verdict = _decided(opinions, rules)
    overruling = verdict is not Verdict.NEEDS_REVIEW and verdict is not result.verdict
    given = dict.fromkeys(o.reason for o in opinions if o.reason and o.verdict == verdict)
    return Row(
        requirement=result.requirement,
        title=titles.get(result.requirement, result.requirement),
        computed=result.verdict,
        verdict=verdict,
        evidence=result.evidence,
        reason="; ".join(given) if overruling and given else result.evidence,
        rule=result.rule,
        citation=result.citation,
        confidence=result.confidence,
        would_satisfy=result.would_satisfy,
        opinions=tuple(opinions),
    )


def _decided(opinions: Sequence[Opinion], rules: RuleSet) -> Verdict:
    return agreed_verdict([Verdict(o.verdict) for o in opinions], rules)
