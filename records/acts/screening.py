"""Screening: every application decided by people, announced to each with reasons."""

from typing import Any

from domain import letters
from domain.deadlines.selection import stage_objection
from domain.law.committee import needed_verifiers
from domain.refusals import Refused
from domain.words import DocumentKind, Stage, Verdict
from records import screening as checks
from records.acts.acting import Acting, signature, tanggal
from records.acts.announcement import STEP_TITLES
from records.acts.round import COMMITTEE_UNIT, Round, as_applicant, post_facts
from records.documents import COMMITTEE
from records.tables import Application, Person, StageDecision, Vacancy


def announce(acting: Acting, round_: Round, vacancy: Vacancy) -> dict[str, int]:
    """Announce the screening of one vacancy: one decision, one letter and one mail an applicant.

    Raises:
        Refused: `screening-incomplete`, while an application is not decided by two verifiers.
    """
    repeat = round_.state.lanes[vacancy.id].repeat(Stage.SCREENING)
    applications = round_.applicants([vacancy.id])
    outcomes = checks.outcomes(acting.session, applications, acting.rules, repeat)
    open_ones = [a for a in applications if outcomes[a.id].verdict is Verdict.NEEDS_REVIEW]
    if open_ones:
        raise Refused(
            "screening-incomplete",
            rule="privacy.automated_final_decision",
            citation=acting.rules.rule("privacy.automated_final_decision").citation,
            missing=str(len(open_ones)),
            verifiers=str(needed_verifiers(acting.rules)),
        )
    people = round_.people(applications)
    for application in applications:
        outcome = outcomes[application.id]
        passed = outcome.verdict is Verdict.MET
        rows = [row.to_mapping() for row in outcome.rows]
        decision = StageDecision(
            application_id=application.id,
            vacancy_id=vacancy.id,
            stage=Stage.SCREENING,
            repeat=repeat,
            passed=passed,
            reasons=rows,
            announced_at=acting.at,
        )
        acting.session.add(decision)
        _tell(acting, round_, vacancy, application, people[application.person_id], passed, rows)
    passed_count = sum(outcomes[a.id].verdict is Verdict.MET for a in applications)
    return {"passed": passed_count, "failed": len(applications) - passed_count}


def _tell(
    acting: Acting,
    round_: Round,
    vacancy: Vacancy,
    application: Application,
    person: Person,
    passed: bool,
    rows: list[dict[str, Any]],
) -> None:
    objection = stage_objection(acting.calendar, acting.today, acting.rules)
    document = acting.issue(
        DocumentKind.SCREENING_RESULT,
        f"Hasil seleksi administrasi {vacancy.title}",
        COMMITTEE,
        [signature("Ketua Panitia Seleksi", round_.chair)],
        letters.ScreeningResult,
        unit=COMMITTEE_UNIT,
        subject_id=person.id,
        applicant=as_applicant(person, application),
        post=vacancy.title,
        passed=passed,
        requirements=tuple(_row(r) for r in rows),
        next_step=_next_step(round_, passed),
        objection_until="" if objection is None else objection.day.isoformat(),
    )
    rule = acting.rules.rule("stage.result_announcement_required").citation
    facts = post_facts(vacancy, number=document.number, date=acting.today.isoformat(), rule=rule)
    acting.mail("screening_result", [person.id], facts, [document.id], cause=f"/{application.id}")


def _row(row: dict[str, Any]) -> letters.RequirementRow:
    verdict = "MS" if row["verdict"] == Verdict.MET else "TMS"
    return letters.RequirementRow(row["title"], verdict, row["reason"], row["citation"])


def _next_step(round_: Round, passed: bool) -> str:
    if not passed:
        return (
            "Saudara tidak dapat mengikuti tahap berikutnya. Pertanyaan atau keberatan dapat disampaikan kepada "
            "sekretariat panitia seleksi dengan menyebut nomor surat ini."
        )
    planned = round_.planned("assessment", "paper")
    if not planned:
        return "Saudara akan menerima undangan untuk tahap berikutnya."
    step, start, _ = min(planned, key=lambda p: p[1])
    return f"Tahap berikutnya: {STEP_TITLES[step]} mulai {tanggal(start)}. Undangan dikirim tersendiri."
