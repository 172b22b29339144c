"""What is asked of candidates, and what their employee numbers say: both sides of each limit."""

from dataclasses import replace
from datetime import date
from typing import Any

from boundary import Side, boundary

from domain.checks.requirements import check_requirements
from domain.eligibility import (
    CandidateRecord,
    CivilStatus,
    Discipline,
    PositionKind,
    RequirementResult,
    Requirements,
    Standing,
    fails,
    law,
    screen,
)
from domain.grades import Education, rank_order
from domain.nip import NipWarning, NumberKind, parse_nip
from domain.plan import Level, Plan, PlannedRequirements, PlannedVacancy
from domain.rules import Enforcement, RuleSet
from domain.words import Rating, VacancyKind, Verdict

CLOSES = date(2026, 2, 4)
INAUGURATED = date(2026, 4, 1)


def _lawful(rules: RuleSet, rule: str, level: str, kind: VacancyKind = VacancyKind.OTHER, **asked: object) -> bool:
    """Whether lint has nothing against the requirements by that rule."""
    requirements = PlannedRequirements(**asked)  # type: ignore[arg-type]
    plan = Plan(level=Level(level), vacancies=(PlannedVacancy("Jabatan", kind),), requirements=requirements)
    return not [f for f in check_requirements(plan, rules) if f.rule == rule and f.severity is not Enforcement.INFO]


def _row(
    rules: RuleSet, requirement: str, record: CandidateRecord, asked: Requirements, *present: str
) -> RequirementResult | None:
    return next((r for r in screen(record, asked, present, rules) if r.requirement == requirement), None)


def _met(rules: RuleSet, requirement: str, record: CandidateRecord, asked: Requirements, *present: str) -> bool:
    row = _row(rules, requirement, record, asked, *present)
    return row is not None and row.verdict is Verdict.MET


# -- Pasal 107


@boundary("candidate.pratama.max_age", Side(56, kept=56, broken=57), Side(50, kept=50, broken=51))
def old_for_pratama(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.pratama.max_age", "pratama", max_age=probe)


@boundary("candidate.madya.max_age", Side(58, kept=58, broken=59), Side(57, kept=57, broken=58))
def old_for_madya(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.madya.max_age", "madya", max_age=probe)


@boundary("candidate.utama.max_age", Side(58, kept=58, broken=59), Side(60, kept=60, broken=61))
def old_for_utama(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.utama.max_age", "utama", max_age=probe)


@boundary("candidate.sekda.max_age_override", Side(58, kept=58, broken=59), Side(57, kept=57, broken=58))
def old_for_a_regional_secretary(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.pratama.max_age", "pratama", VacancyKind.SEKDA, max_age=probe)


@boundary("candidate.pratama.experience_years", Side(5, kept=5, broken=4), Side(6, kept=6, broken=5))
def experienced_for_pratama(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.pratama.experience_years", "pratama", experience_years=probe)


@boundary("candidate.madya.experience_years", Side(7, kept=7, broken=6), Side(5, kept=5, broken=4))
def experienced_for_madya(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.madya.experience_years", "madya", experience_years=probe)


@boundary("candidate.utama.experience_years", Side(10, kept=10, broken=9), Side(12, kept=12, broken=11))
def experienced_for_utama(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.utama.experience_years", "utama", experience_years=probe)


@boundary("candidate.pratama.feeder_years", Side(2, kept=2, broken=1), Side(3, kept=3, broken=2))
def long_enough_for_pratama(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.pratama.feeder_years", "pratama", feeder_years=probe)


@boundary("candidate.madya.feeder_years", Side(2, kept=2, broken=1), Side(1, kept=1, broken=0))
def long_enough_for_madya(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.madya.feeder_years", "madya", feeder_years=probe)


@boundary("candidate.utama.feeder_years", Side(2, kept=2, broken=1), Side(4, kept=4, broken=3))
def long_enough_for_utama(rules: RuleSet, probe: int) -> bool:
    return _lawful(rules, "candidate.utama.feeder_years", "utama", feeder_years=probe)


@boundary(
    "candidate.pratama.min_education",
    Side("S1_D4", kept=Education.S1_D4, broken=Education.D3),
    Side("S2", kept=Education.S2, broken=Education.S1_D4),
)
def educated_for_pratama(rules: RuleSet, probe: Education) -> bool:
    return _lawful(rules, "candidate.pratama.min_education", "pratama", education=probe)


@boundary(
    "candidate.madya.min_education",
    Side("S1_D4", kept=Education.S1_D4, broken=Education.D3),
    Side("D-III", kept=Education.D3, broken=Education.D2),
)
def educated_for_madya(rules: RuleSet, probe: Education) -> bool:
    return _lawful(rules, "candidate.madya.min_education", "madya", education=probe)


@boundary(
    "candidate.utama.min_education",
    Side("S1_D4", kept=Education.S1_D4, broken=Education.D3),
    Side("S3", kept=Education.S3, broken=Education.S2),
)
def educated_for_utama(rules: RuleSet, probe: Education) -> bool:
    return _lawful(rules, "candidate.utama.min_education", "utama", education=probe)


@boundary(
    "candidate.pratama.feeder_posts",
    Side(("administrator", "jf_ahli_madya", "jpt_pratama"), kept="jf_ahli_madya", broken="pengawas"),
    Side(("pengawas",), kept="pengawas", broken="administrator"),
)
def feeds_pratama(rules: RuleSet, probe: str) -> bool:
    return PositionKind(probe) in law.feeder_posts("pratama", rules)


@boundary(
    "candidate.madya.feeder_posts",
    Side(("jpt_pratama", "jf_ahli_utama", "jpt_madya"), kept="jpt_pratama", broken="jf_ahli_madya"),
    Side(("jf_ahli_madya",), kept="jf_ahli_madya", broken="jpt_pratama"),
)
def feeds_madya(rules: RuleSet, probe: str) -> bool:
    return PositionKind(probe) in law.feeder_posts("madya", rules)


@boundary(
    "candidate.utama.feeder_posts",
    Side(("jpt_madya", "jf_ahli_utama", "jpt_utama"), kept="jpt_madya", broken="jpt_pratama"),
    Side(("jpt_pratama",), kept="jpt_pratama", broken="jpt_madya"),
)
def feeds_utama(rules: RuleSet, probe: str) -> bool:
    return PositionKind(probe) in law.feeder_posts("utama", rules)


@boundary(
    "candidate.age_inclusive",
    Side(True, kept=date(1970, 4, 1), broken=date(1970, 3, 31)),
    Side(False, kept=date(1970, 4, 2), broken=date(1970, 4, 1)),
)
def young_enough(rules: RuleSet, probe: date) -> bool:
    asked = Requirements(max_age=56, age_reference=date(2026, 4, 1))
    return _met(rules, "max_age", CandidateRecord(birth_date=probe), asked)


@boundary(
    "candidate.age_reference",
    Side("expected_inauguration_date", kept=date(1970, 4, 1), broken=date(1970, 3, 31)),
    Side("registration_close", kept=date(1970, 2, 4), broken=date(1970, 2, 3)),
)
def young_enough_on_the_day_that_counts(rules: RuleSet, probe: date) -> bool:
    asked = Requirements(max_age=56, as_of=CLOSES, inauguration=INAUGURATED)
    return _met(rules, "max_age", CandidateRecord(birth_date=probe), asked)


@boundary(
    "candidate.waiver",
    Side("presidential_approval", kept="presidential_approval", broken="letter"),
    Side("letter", kept="letter", broken="presidential_approval"),
)
def waived_by(rules: RuleSet, probe: str) -> bool:
    asked = Requirements(education=Education.S1_D4, as_of=CLOSES)
    return _met(rules, "education", CandidateRecord(education=Education.D3), asked, probe)


# -- practice


@boundary(
    "candidate.min_rank.pratama", Side("IV/a", kept="IV/a", broken="III/d"), Side("IV/b", kept="IV/b", broken="IV/a")
)
def ranked_for_pratama(rules: RuleSet, probe: str) -> bool:
    usual = law.usual_rank("pratama", VacancyKind.OTHER, rules)
    return usual is not None and rank_order(probe) >= rank_order(usual)


@boundary(
    "candidate.min_rank.sekda", Side("IV/b", kept="IV/b", broken="IV/a"), Side("IV/c", kept="IV/c", broken="IV/b")
)
def ranked_for_a_regional_secretary(rules: RuleSet, probe: str) -> bool:
    return _lawful(rules, "candidate.min_rank.sekda", "pratama", VacancyKind.SEKDA, min_rank=probe)


@boundary(
    "candidate.skp_min_predikat",
    Side("good", kept=Rating.GOOD, broken=Rating.NEEDS_IMPROVEMENT),
    Side("very_good", kept=Rating.VERY_GOOD, broken=Rating.GOOD),
)
def usually_rated(rules: RuleSet, probe: Rating) -> bool:
    return _lawful(rules, "candidate.skp_min_predikat", "pratama", min_rating=probe)


@boundary("candidate.skp_years", Side(2, kept=2024, broken=2023), Side(3, kept=2023, broken=2022))
def rating_counts(rules: RuleSet, probe: int) -> bool:
    return probe in law.rated_years(CLOSES, rules)


@boundary(
    "candidate.discipline_clean_years",
    Side(3, kept=date(2023, 2, 4), broken=date(2023, 2, 5)),
    Side(5, kept=date(2021, 2, 4), broken=date(2021, 2, 5)),
)
def clean(rules: RuleSet, probe: date) -> bool:
    return _met(
        rules, "discipline", CandidateRecord(discipline=(Discipline("sedang", probe),)), Requirements(as_of=CLOSES)
    )


@boundary(
    "candidate.discipline_levels",
    Side(("sedang", "berat"), kept="ringan", broken="sedang"),
    Side(("ringan",), kept="berat", broken="ringan"),
)
def clean_of(rules: RuleSet, probe: str) -> bool:
    record = CandidateRecord(discipline=(Discipline(probe, date(2026, 2, 1)),))
    return _met(rules, "discipline", record, Requirements(as_of=CLOSES))


@boundary("candidate.min_remaining_service_months", Side(0, kept=0, broken=-1), Side(48, kept=48, broken=47))
def enough_service_remains(rules: RuleSet, probe: int) -> bool:
    rule = "candidate.min_remaining_service_months"
    return _lawful(rules, rule, "pratama", min_remaining_service_months=probe)


@boundary(
    "candidate.lhkpn_required",
    Side(True, kept=("lhkpn",), broken=("spt",)),
    Side(False, kept=("spt",), broken=None),
)
def wealth_report_is_asked_for(rules: RuleSet, probe: tuple[str, ...] | None) -> bool:
    if probe is None:
        return law.wealth_report_expected(rules)
    return _lawful(rules, "candidate.lhkpn_required", "pratama", documents=probe)


@boundary("candidate.spt_years", Side(2, kept=2024, broken=2023), Side(3, kept=2023, broken=2022))
def tax_year_counts(rules: RuleSet, probe: int) -> bool:
    row = _row(rules, "document.spt", CandidateRecord(), Requirements(as_of=CLOSES, documents=("spt",)), "spt")
    return row is not None and str(probe) in row.evidence


# -- retirement: a whole month remains on the reference date


def _serves_on(rules: RuleSet, kind: PositionKind, born: date) -> bool:
    return (law.months_to_serve(born, kind, CLOSES, rules) or 0) > 0


@boundary(
    "candidate.retirement_age.jpt",
    Side(60, kept=date(1966, 3, 4), broken=date(1966, 3, 3)),
    Side(58, kept=date(1968, 3, 4), broken=date(1968, 3, 3)),
)
def serves_in_a_senior_post(rules: RuleSet, probe: date) -> bool:
    return all(_serves_on(rules, PositionKind(f"jpt_{level}"), probe) for level in Level)


@boundary(
    "candidate.retirement_age.jf_ahli_utama",
    Side(65, kept=date(1961, 3, 4), broken=date(1961, 3, 3)),
    Side(60, kept=date(1966, 3, 4), broken=date(1966, 3, 3)),
)
def serves_as_jf_ahli_utama(rules: RuleSet, probe: date) -> bool:
    return _serves_on(rules, PositionKind.JF_AHLI_UTAMA, probe)


@boundary(
    "candidate.retirement_age.jf_ahli_madya",
    Side(60, kept=date(1966, 3, 4), broken=date(1966, 3, 3)),
    Side(65, kept=date(1961, 3, 4), broken=date(1961, 3, 3)),
)
def serves_as_jf_ahli_madya(rules: RuleSet, probe: date) -> bool:
    return _serves_on(rules, PositionKind.JF_AHLI_MADYA, probe)


@boundary(
    "candidate.retirement_age.administrator",
    Side(58, kept=date(1968, 3, 4), broken=date(1968, 3, 3)),
    Side(60, kept=date(1966, 3, 4), broken=date(1966, 3, 3)),
)
def serves_as_administrator(rules: RuleSet, probe: date) -> bool:
    return _serves_on(rules, PositionKind.ADMINISTRATOR, probe)


@boundary(
    "candidate.retirement_age.pengawas",
    Side(58, kept=date(1968, 3, 4), broken=date(1968, 3, 3)),
    Side(56, kept=date(1970, 3, 4), broken=date(1970, 3, 3)),
)
def serves_as_pengawas(rules: RuleSet, probe: date) -> bool:
    return _serves_on(rules, PositionKind.PENGAWAS, probe)


# -- who is no PNS

OUTSIDER = CandidateRecord(
    birth_date=date(1975, 1, 1),
    education=Education.S2,
    experience_years=15,
    status=CivilStatus.NON_PNS,
    standing=Standing(party_member=False, imprisoned=False, dishonourably_dismissed=False),
)
PRESENT = "presidential_nonpns_approval"


def _may_apply(rules: RuleSet, level: str, document: str = PRESENT, **change: Any) -> bool:
    asked = Requirements(level=level, as_of=CLOSES, age_reference=INAUGURATED)
    row = _row(rules, "civil_status", replace(OUTSIDER, **change), asked, document)
    return row is not None and row.verdict is not Verdict.NOT_MET


@boundary(
    "candidate.nonpns_allowed.pratama",
    Side(False, kept=(CivilStatus.PNS, ""), broken=(CivilStatus.NON_PNS, PRESENT)),
    Side(True, kept=(CivilStatus.NON_PNS, PRESENT), broken=(CivilStatus.NON_PNS, "")),
)
def may_apply_for_pratama(rules: RuleSet, probe: tuple[CivilStatus, str]) -> bool:
    status, document = probe
    return _may_apply(rules, "pratama", document, status=status)


@boundary(
    "candidate.nonpns.document",
    Side(PRESENT, kept=PRESENT, broken="letter"),
    Side("letter", kept="letter", broken=PRESENT),
)
def approved_by(rules: RuleSet, probe: str) -> bool:
    return _may_apply(rules, "utama", probe)


@boundary(
    "candidate.nonpns.min_education",
    Side("S2", kept=Education.S2, broken=Education.S1_D4),
    Side("S3", kept=Education.S3, broken=Education.S2),
)
def outsider_educated(rules: RuleSet, probe: Education) -> bool:
    return _may_apply(rules, "utama", education=probe)


@boundary("candidate.nonpns.experience_years.utama", Side(15, kept=15, broken=14), Side(12, kept=12, broken=11))
def outsider_experienced_for_utama(rules: RuleSet, probe: int) -> bool:
    return _may_apply(rules, "utama", experience_years=probe)


@boundary("candidate.nonpns.experience_years.madya", Side(10, kept=10, broken=9), Side(12, kept=12, broken=11))
def outsider_experienced_for_madya(rules: RuleSet, probe: int) -> bool:
    return _may_apply(rules, "madya", experience_years=probe)


@boundary(
    "candidate.nonpns.max_age",
    Side(58, kept=date(1968, 4, 1), broken=date(1968, 3, 31)),
    Side(60, kept=date(1966, 4, 1), broken=date(1966, 3, 31)),
)
def outsider_young_enough(rules: RuleSet, probe: date) -> bool:
    return _may_apply(rules, "utama", birth_date=probe)


@boundary(
    "candidate.nonpns.party_free_years",
    Side(5, kept=date(2021, 2, 4), broken=date(2021, 2, 5)),
    Side(6, kept=date(2020, 2, 4), broken=date(2020, 2, 5)),
)
def outsider_free_of_parties(rules: RuleSet, probe: date) -> bool:
    return _may_apply(rules, "utama", standing=replace(OUTSIDER.standing, party_member=True, party_left_on=probe))


def _resigned(rules: RuleSet, level: str, **change: Any) -> bool:
    return _may_apply(rules, level, status=CivilStatus.TNI_POLRI_RESIGNED, **change)


@boundary(
    "candidate.tni_polri_resigned.max_age.utama",
    Side(55, kept=date(1971, 4, 1), broken=date(1971, 3, 31)),
    Side(58, kept=date(1968, 4, 1), broken=date(1968, 3, 31)),
)
def resigned_young_enough_for_utama(rules: RuleSet, probe: date) -> bool:
    return _resigned(rules, "utama", birth_date=probe)


@boundary(
    "candidate.tni_polri_resigned.max_age.madya",
    Side(55, kept=date(1971, 4, 1), broken=date(1971, 3, 31)),
    Side(53, kept=date(1973, 4, 1), broken=date(1973, 3, 31)),
)
def resigned_young_enough_for_madya(rules: RuleSet, probe: date) -> bool:
    return _resigned(rules, "madya", birth_date=probe)


@boundary(
    "candidate.tni_polri_resigned.max_age.pratama",
    Side(53, kept=date(1973, 4, 1), broken=date(1973, 3, 31)),
    Side(55, kept=date(1971, 4, 1), broken=date(1971, 3, 31)),
)
def resigned_young_enough_for_pratama(rules: RuleSet, probe: date) -> bool:
    return _resigned(rules, "pratama", birth_date=probe)


@boundary(
    "candidate.tni_polri_resigned.min_education.utama",
    Side("S2", kept=Education.S2, broken=Education.S1_D4),
    Side("S3", kept=Education.S3, broken=Education.S2),
)
def resigned_educated_for_utama(rules: RuleSet, probe: Education) -> bool:
    return _resigned(rules, "utama", education=probe)


@boundary(
    "candidate.tni_polri_resigned.min_education.madya",
    Side("S2", kept=Education.S2, broken=Education.S1_D4),
    Side("S1_D4", kept=Education.S1_D4, broken=Education.D3),
)
def resigned_educated_for_madya(rules: RuleSet, probe: Education) -> bool:
    return _resigned(rules, "madya", education=probe)


@boundary(
    "candidate.tni_polri_resigned.min_education.pratama",
    Side("S1_D4", kept=Education.S1_D4, broken=Education.D3),
    Side("S2", kept=Education.S2, broken=Education.S1_D4),
)
def resigned_educated_for_pratama(rules: RuleSet, probe: Education) -> bool:
    return _resigned(rules, "pratama", education=probe)


# -- the whole


@boundary(
    "application.one_tms_fails",
    Side(True, kept="candidate.min_rank.pratama", broken=""),
    Side(False, kept="candidate.pratama.max_age", broken="candidate.min_rank.pratama"),
)
def one_is_enough_to_fail(rules: RuleSet, probe: str) -> bool:
    return fails([(probe, Verdict.NOT_MET)] if probe else [], rules)


@boundary(
    "application.ppk_recommendation_required",
    Side(True, kept="document.ppk_recommendation", broken="document.cv"),
    Side(False, kept="document.spt", broken="document.ppk_recommendation"),
)
def judged_all_the_same(rules: RuleSet, probe: str) -> bool:
    documents = ("spt",) if probe == "document.spt" else ()
    return _row(rules, probe, CandidateRecord(), Requirements(as_of=CLOSES, documents=documents)) is not None


# -- the employee number


def _sound(rules: RuleSet, number: str, kind: NumberKind = NumberKind.PNS) -> bool:
    return parse_nip(number, CLOSES, rules, kind=kind).warnings == ()


@boundary(
    "nip.length",
    Side(18, kept="197205171998031005", broken="1972051719980310050"),
    Side(19, kept="1972051719980310050", broken="197205171998031005"),
)
def long_enough(rules: RuleSet, probe: str) -> bool:
    return NipWarning.LENGTH not in parse_nip(probe, CLOSES, rules).warnings


@boundary(
    "nip.pattern",
    Side("YYYYMMDD YYYYMM S NNN", kept="197205171998031005", broken="199803197205171005"),
    Side("YYYYMM YYYYMMDD S NNN", kept="199803197205171005", broken="197205171998031005"),
)
def reads(rules: RuleSet, probe: str) -> bool:
    return _sound(rules, probe)


@boundary(
    "nip.min_age_at_entry",
    Side(18, kept="197205171990051005", broken="197205171990041005"),
    Side(20, kept="197205171992051005", broken="197205171992041005"),
)
def old_enough_at_entry(rules: RuleSet, probe: str) -> bool:
    return _sound(rules, probe)


@boundary(
    "pppk.nip_month_check",
    Side(False, kept="197205172023211005", broken="197205172023213005"),
    Side(True, kept="197205172023121005", broken="197205172023211005"),
)
def sound_for_a_contract_employee(rules: RuleSet, probe: str) -> bool:
    return _sound(rules, probe, NumberKind.PPPK)
