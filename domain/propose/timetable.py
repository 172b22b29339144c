"""The shortest lawful timetable: every step on the first working day on which all that must come before it is done.

The window is the strict one. The plan's own stages keep their length in working days; what the law requires and the
plan lacks is added. Time that other authorities need is practice, from the rules `selter.propose.*`. All dates are
local dates of the agency.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from domain.calendar import Calendar
from domain.checks.consent import consulted, named_authority
from domain.checks.timetable import required_stages
from domain.checks.window import earliest_closing
from domain.deadlines import selection as deadlines
from domain.eligibility import law
from domain.labels import tanggal
from domain.law.appointment import needs_recommendation
from domain.law.authority import (
    appointing_authority,
    plan_needs_approval,
    restricted_after_inauguration,
    restricted_before_candidacy,
    supervisor,
)
from domain.law.results import names_public
from domain.plan import Approvals, Context, Level, Plan, PlannedAnnouncement, PlannedStage, PlanStage
from domain.propose import pace
from domain.propose.proposal import Proposal, Proposed
from domain.propose.sheet import ORDER, Sheet
from domain.rules import RuleSet

_APPROVAL: Final = "plan.bkn_approval_required"
_BEFORE: Final = "political_window.before_candidacy_months"
_AFTER: Final = "political_window.after_inauguration_months"
_INAUGURATION: Final = "inauguration.max_days_after_sk"
_HEALTH: Final = (PlanStage.HEALTH, PlanStage.PSYCH_TEST)
_COMPETENCY: Final = (PlanStage.ASSESSMENT, PlanStage.PAPER)


def propose(plan: Plan, rules: RuleSet, calendar: Calendar, today: date, opens: date | None = None) -> Proposal:
    """The shortest lawful timetable of a plan that is published on `opens`, or on the working day that follows it.

    Without `opens` it begins today, with the supervisor's approval of the plan where that is not there yet. Where the
    replacement would fall into the restriction before an election, no timetable is lawful without the Minister's
    consent: then the only step says so, and there is no plan.
    """
    draft = _Draft(Sheet(plan, rules, calendar))
    closed = draft.published(draft.approved(today) if opens is None else calendar.next_working_day(opens))
    judged = draft.judged(draft.screened(closed))
    cleared = draft.cleared(draft.chosen(draft.named(judged)))
    days = draft.decisive_days(cleared)
    if days is None:
        return Proposal((draft.forbidden(cleared),), None)
    draft.appointed(cleared, *days)
    return draft.finished()


class _Draft:
    """A timetable in the making; each phase takes the day on which the one before it was done and returns its own."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.plan, self.rules = sheet, sheet.plan, sheet.rules
        self.letters, self.context = self.plan.approvals or Approvals(), self.plan.context or Context()
        self.level = self.plan.level or Level.PRATAMA
        self.health_may_follow = self.rules.flag("stages.health.may_be_after_top3")
        self.opens = self.closes = self.traced = self.healthy = self.inaugurated = date.min

    def approved(self, today: date) -> date:
        """The supervisor's approval of the plan, where it is still needed; the day on which the plan is published."""
        start = self.sheet.calendar.next_working_day(today)
        if self.letters.number("plan_approval") or not plan_needs_approval(self.rules):
            return start
        body, days = supervisor(self.rules), pace.approval_days(self.rules)
        why = (
            f"{body} menyetujui rencana sebelum pengumuman; dalam praktik {days} hari kerja",
            f"{body} approves the plan before the announcement; in practice {days} working days",
        )
        end = self.sheet.calendar.add_working_days(start, days)
        return self.sheet.after(self.sheet.add(PlanStage.PLAN_APPROVAL, start, end, _APPROVAL, why))

    def published(self, opens: date) -> date:
        """Publication and applications."""
        self.opens, self.closes = opens, earliest_closing(opens, self.rules)
        days = (self.closes - opens).days
        why = (
            f"Diumumkan pada hari kerja dan ditutup {days} hari kalender sesudahnya, menurut hitungan ketat",
            f"Published on a working day and closed {days} calendar days later, counted strictly",
        )
        return self.sheet.add(PlanStage.ANNOUNCEMENT, opens, self.closes, "announcement.min_calendar_days", why)

    def screened(self, closed: date) -> date:
        """Files, track records and the result of the screening."""
        checked = self.sheet.row(PlanStage.DOCUMENT_CHECK, closed)
        self.traced = self.sheet.row(PlanStage.TRACK_RECORD, closed)
        days = max(1, pace.screening_days(self.rules))
        looked_at = self.sheet.calendar.add_working_days(closed, days - 1)
        why = (
            f"Hasil seleksi administrasi, paling cepat {days} hari kerja sesudah penutupan {tanggal(closed)}",
            f"The result of the screening, at the earliest {days} working day(s) after the closing on {closed}",
        )
        rule = ORDER if checked > looked_at else pace.SCREENING
        length = max(self.sheet.lengths(PlanStage.SCREENING_RESULT), default=1)
        return self.sheet.place(PlanStage.SCREENING_RESULT, max(checked, looked_at), length, rule, why)

    def judged(self, screened: date) -> date:
        """The competency selection, the final interview and, where they may not follow, the health tests."""
        done = screened
        for stage, length in self._competency():
            done = self.sheet.place(stage, done, length)
        done = self.sheet.row(PlanStage.ASSESSMENT_RESULT, done)
        done = self.sheet.row(PlanStage.INTERVIEW, done, "final_interview")
        if not self.health_may_follow:
            done = self._health(done)
        return max(done, self.traced)

    def named(self, judged: date) -> date:
        """The three names: set, sent to the supervisor and announced, in the order that the rule set asks for."""
        done = self.sheet.row(PlanStage.TOP_THREE, judged)
        if self.health_may_follow:
            self.healthy = self._health(done)
        at_once = names_public(self.rules, submitted=True, cleared=False)
        done = self._reported(self._announced(done)) if at_once else self._announced(self._reported(done))
        return self.sheet.row(PlanStage.OBJECTION, done)

    def chosen(self, announced: date) -> date:
        """The names reach the PPK, who chooses one of them."""
        authority = appointing_authority(self.level, self.rules)
        why = (f"Tiga nama disampaikan kepada {authority}", f"The three names go to the {authority}")
        rule = f"appointing_authority.{self.level.value}"
        received = self.sheet.place(PlanStage.PPK_REPORT, announced, 1, rule, why)
        due = deadlines.choice(self.sheet.calendar, received, self.rules).day
        why = (f"Satu nama dipilih, paling lambat {tanggal(due)}", f"One name is chosen, by {due} at the latest")
        return self.sheet.place(PlanStage.CHOICE, received, 1, "ppk.decision_working_days", why)

    def cleared(self, chosen: date) -> date:
        """What must be there before the decree: recommendation, consultations and health; they run side by side."""
        done = max(chosen, self.healthy)
        if needs_recommendation(self.rules):
            body = supervisor(self.rules)
            why = (
                f"Rekomendasi {body} mendahului pelantikan",
                f"{body}'s recommendation comes before the inauguration",
            )
            days, rule = pace.supervisor_days(self.rules), "bkn.recommendation_before_inauguration"
            done = max(done, self.sheet.asked(PlanStage.RECOMMENDATION, chosen, days, rule, why))
        for rule, authority in self._consulted().items():
            name, name_en, _ = named_authority(authority)
            why = (
                f"Koordinasi dengan {name} mendahului pengangkatan",
                f"Coordination with {name_en} comes before the appointment",
            )
            days = pace.consultation_days(self.rules)
            done = max(done, self.sheet.asked(PlanStage.CONSULTATION, chosen, days, rule, why))
        return done

    def decisive_days(self, cleared: date) -> tuple[date, date] | None:
        """Decree and inauguration, outside the restriction windows and near enough; None where no days are.

        Where no day is left after that of the decree, both are on one day.
        """
        decreed = self._unrestricted(self.sheet.after(cleared))
        while decreed is not None:
            due = self._inaugurated_by(decreed)
            inaugurated = self._unrestricted(decreed if due == decreed else self.sheet.after(decreed))
            if inaugurated is None:
                return None
            if inaugurated <= due:
                return decreed, inaugurated
            decreed = self._unrestricted(self.sheet.after(decreed))
        return None

    def appointed(self, cleared: date, decreed: date, inaugurated: date) -> None:
        """Decree and inauguration."""
        self.sheet.add(PlanStage.DECREE, decreed, decreed, *self._why_decreed(cleared, decreed))
        due = self._inaugurated_by(decreed)
        if inaugurated == decreed:
            first, first_en = "Pada hari keputusan itu juga", "On the day of the decree itself"
        else:
            first = f"Hari kerja pertama sesudah keputusan {tanggal(decreed)}"
            first_en = f"The first working day after the decree of {decreed}"
        why = (f"{first}, paling lambat {tanggal(due)}", f"{first_en}, by {due} at the latest")
        self.sheet.add(PlanStage.INAUGURATION, inaugurated, inaugurated, _INAUGURATION, why)
        self.inaugurated = inaugurated

    def forbidden(self, cleared: date) -> Proposed:
        """That no timetable is lawful, and what would be."""
        earliest, determined = self.sheet.after(cleared), self.context.next_candidacy_determination or cleared
        first = deadlines.restricted_from(determined, self.rules)
        rule = self.rules.rule(_BEFORE)
        return Proposed(
            PlanStage.DECREE.value,
            None,
            None,
            f"Tidak ada jadwal yang sah: keputusan paling cepat {tanggal(earliest)}, padahal sejak {tanggal(first)} "
            "sampai akhir masa jabatan kepala daerah pejabat tidak boleh diganti tanpa persetujuan tertulis Mendagri. "
            "Hari sah pertama datang sesudah masa larangan kepala daerah berikutnya berakhir.",
            f"No timetable is lawful: the decree is possible on {earliest} at the earliest, but from {first} to the "
            "end of his term the head of region may not replace officials without the Minister's written consent. The "
            "first lawful day comes when the restriction of the next head has ended.",
            rule.id,
            rule.citation,
            rule.confidence,
        )

    def finished(self) -> Proposal:
        """The steps in time, and the plan with them and with the date on which ages are counted."""
        steps = sorted(self.sheet.steps, key=lambda step: step.start or date.min)
        announcement = replace(self.plan.announcement or PlannedAnnouncement(), opens=self.opens, closes=self.closes)
        others = [step for step in steps if step.step != PlanStage.ANNOUNCEMENT]
        stages = tuple(PlannedStage(PlanStage(step.step), step.start, step.end) for step in others)
        asked = self.plan.requirements
        if asked is not None and asked.age_reference is not None:
            counted = law.age_reference(self.closes, self.inaugurated, self.rules)
            asked = replace(asked, age_reference=counted)
            rule = self.rules.rule("candidate.age_reference")
            why = ("Umur dihitung menurut jadwal ini.", "Ages are counted by this timetable.")
            steps.append(Proposed("age_reference", counted, counted, *why, rule.id, rule.citation, rule.confidence))
        plan = replace(self.plan, announcement=announcement, extensions=None, stages=stages, requirements=asked)
        return Proposal(tuple(steps), plan)

    def _competency(self) -> list[tuple[PlanStage, int]]:
        """Assessments and papers in the plan's own order; an assessment where it has none and the law requires one."""
        own = self.sheet.own(_COMPETENCY)
        if own or "competency" not in required_stages(self.rules):
            return own
        return [(PlanStage.ASSESSMENT, pace.stage_days(self.rules))]

    def _health(self, after: date) -> date:
        """The health and psychological tests: as the plan has them, or one where the law requires it."""
        own = self.sheet.own(_HEALTH)
        if not own and "health_and_psych" in required_stages(self.rules):
            own = [(PlanStage.HEALTH, pace.stage_days(self.rules))]
        for stage, length in own:
            after = self.sheet.place(stage, after, length, "stages.required")
        return after

    def _reported(self, after: date) -> date:
        body = supervisor(self.rules)
        why = (f"Tiga nama dikirim kepada {body} dan dijawab", f"The three names are sent to {body}, which answers")
        days = pace.supervisor_days(self.rules)
        return self.sheet.asked(PlanStage.SUPERVISOR_REPORT, after, days, pace.SUPERVISOR, why)

    def _announced(self, after: date) -> date:
        why = ("Hasil akhir diumumkan", "The final result is announced")
        length = max(self.sheet.lengths(PlanStage.FINAL_RESULT), default=1)
        return self.sheet.place(PlanStage.FINAL_RESULT, after, length, "result.publish", why)

    def _consulted(self) -> dict[str, str]:
        """Rule and authority of each consultation that no letter settles yet."""
        asked = {}
        for vacancy in self.plan.vacancies or ():
            authority = consulted(vacancy.kind, self.plan.agency_kind, self.rules)
            if authority is not None and not self.letters.number(named_authority(authority)[2]):
                asked[f"consult.{vacancy.kind.value}"] = authority
        return asked

    def _unrestricted(self, day: date) -> date | None:
        """The first working day, from that one on, on which officials may be replaced; None where none comes."""
        kind = self.plan.agency_kind
        if self.letters.number("home_affairs_consent") or (kind is not None and not kind.regional):
            return day
        inaugurated, determined = self.context.head_inaugurated_on, self.context.next_candidacy_determination
        if inaugurated is not None and restricted_after_inauguration(day, inaugurated, self.rules):
            day = self.sheet.after(deadlines.restricted_until(inaugurated, self.rules))
        if determined is not None and restricted_before_candidacy(day, determined, self.rules):
            return None
        return day

    def _inaugurated_by(self, decreed: date) -> date:
        """The last lawful day of the inauguration, which no rule can set before the decree."""
        return max(decreed, deadlines.inauguration(self.sheet.calendar, decreed, self.rules).day)

    def _why_decreed(self, cleared: date, decreed: date) -> tuple[str, tuple[str, str]]:
        """What keeps the decree from being earlier: the rule, and the reason in Indonesian and English."""
        if decreed == self.sheet.after(cleared):
            return f"appointing_authority.{self.level.value}", (
                f"Hari kerja pertama sesudah semua syarat terpenuhi {tanggal(cleared)}",
                f"The first working day after everything needed is there on {cleared}",
            )
        head = self.context.head_inaugurated_on
        last = deadlines.restricted_until(head, self.rules) if head is not None else None
        if last is not None and decreed == self.sheet.after(last):
            return _AFTER, (
                f"Hari sah pertama: hari kerja pertama sesudah masa larangan berakhir {tanggal(last)}",
                f"The first lawful day: the first working day after the restriction ends on {last}",
            )
        return _INAUGURATION, (
            "Hari kerja pertama yang pelantikannya tidak terlambat",
            "The first working day after which the inauguration is not late",
        )
