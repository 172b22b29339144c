"""What the plan asks of applicants against what the law asks at least (PP 11/2017 Pasal 107), and their minimum number.

An agency may ask for more than the law, never for less.
"""

from collections.abc import Iterator
from datetime import date

from domain.checks.finding import Finding, found, not_checked
from domain.eligibility import CivilStatus, law
from domain.eligibility.conduct import ORDER
from domain.eligibility.papers import TAX_RETURNS, WEALTH_REPORT
from domain.grades import rank_order
from domain.labels import POSITIONS, RATINGS, tanggal
from domain.law.application import PPK_RECOMMENDATION, required_documents
from domain.plan import Level, Plan, PlannedRequirements
from domain.rules import Enforcement, RuleSet
from domain.switches import Switch
from domain.words import VacancyKind


def check_requirements(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Everything about requirements that the plan states, for the plan's level (pratama where it says none)."""
    level = (plan.level or Level.PRATAMA).value
    if plan.requirements is None:
        yield not_checked(rules, f"candidate.{level}.max_age", "requirements")
        return
    asked, sekda = plan.requirements, any(vacancy.kind is VacancyKind.SEKDA for vacancy in plan.vacancies or ())
    yield from _age(asked, level, rules, sekda=sekda)
    experience, feeder = law.experience_years(level, rules), law.feeder_years(level, rules)
    yield from _at_least(asked.experience_years, experience, "experience_years", level, rules)
    yield from _at_least(asked.feeder_years, feeder, "feeder_years", level, rules)
    yield from _education(asked, level, rules)
    yield from _rank(asked, level, rules, sekda=sekda)
    if rules.switched(Switch.WHOLE_PLAN):
        yield from _age_counted(asked, plan.announcement.closes if plan.announcement else None, rules)
        yield from _whole(asked, level, rules)


def check_applicants_minimum(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Fewer than practice asks is a warning; fewer than the names to be proposed cannot work."""
    rule, asked = "applicants.min_per_post", plan.applicants_minimum
    if asked is None:
        yield not_checked(rules, rule, "applicants_minimum")
        return
    usual, names = rules.integer(rule), rules.integer("result.top_n")
    if asked >= usual:
        return
    yield found(
        rules,
        rule,
        "applicants_minimum",
        f"Pelamar paling sedikit lazimnya {usual} orang per jabatan, karena {names} nama harus diusulkan.",
        f"At least {usual} applicants a post are usual, because {names} names must be proposed.",
        severity=Enforcement.BLOCK if asked < names else Enforcement.WARN,
        expected=f">= {usual}",
        actual=asked,
    )


def _age(asked: PlannedRequirements, level: str, rules: RuleSet, *, sekda: bool) -> Iterator[Finding]:
    rule = f"candidate.{level}.max_age"
    if asked.max_age is None:
        yield not_checked(rules, rule, "requirements.max_age")
    else:
        yield from _too_old(asked.max_age, law.max_age(level, rules), rule, rules, sekda=sekda)
    if asked.age_reference is None:
        yield not_checked(
            rules,
            "candidate.age_reference",
            "requirements.age_reference",
            "Batas umur tidak punya tanggal acuan; umumkan tanggalnya.",
            "The age limit has no reference date; publish one.",
        )


def _too_old(max_age: int, limit: int, rule: str, rules: RuleSet, *, sekda: bool) -> Iterator[Finding]:
    if max_age <= limit:
        return
    override = "candidate.sekda.max_age_override"
    tolerated = sekda and max_age <= law.sekda_max_age(rules)
    remark = "; untuk Sekda hanya bagi pelamar yang sudah JPT pratama" if tolerated else ""
    remark_en = "; for a regional secretary only where the applicant already holds a JPT pratama" if tolerated else ""
    yield found(
        rules,
        override if tolerated else rule,
        "requirements.max_age",
        f"Umur paling tinggi {limit} tahun; rencana ini {max_age}{remark}.",
        f"The highest age is {limit}; the plan has {max_age}{remark_en}.",
        expected=f"<= {limit}",
        actual=max_age,
    )


def _at_least(asked: int | None, needed: int, name: str, level: str, rules: RuleSet) -> Iterator[Finding]:
    rule = f"candidate.{level}.{name}"
    if asked is None:
        yield not_checked(rules, rule, f"requirements.{name}")
        return
    if asked < needed:
        yield found(
            rules,
            rule,
            f"requirements.{name}",
            f"Syarat {_NAMES[name]} paling singkat {needed} tahun; rencana ini {asked}.",
            f"The requirement {name} is at least {needed} years; the plan has {asked}.",
            expected=f">= {needed}",
            actual=asked,
        )


_NAMES = {
    "experience_years": "pengalaman jabatan terkait",
    "feeder_years": "masa dalam jabatan administrator atau JF setara",
}


def _education(asked: PlannedRequirements, level: str, rules: RuleSet) -> Iterator[Finding]:
    rule = f"candidate.{level}.min_education"
    if asked.education is None:
        yield not_checked(rules, rule, "requirements.education")
        return
    needed = law.min_education(level, rules)
    if asked.education < needed:
        yield found(
            rules,
            rule,
            "requirements.education",
            f"Pendidikan paling rendah {needed.label}; rencana ini {asked.education.label}.",
            f"The lowest education is {needed.label}; the plan has {asked.education.label}.",
            expected=f">= {needed.label}",
            actual=asked.education.label,
        )


def _rank(asked: PlannedRequirements, level: str, rules: RuleSet, *, sekda: bool) -> Iterator[Finding]:
    """A minimum rank is practice, known for pratama only."""
    kind = VacancyKind.SEKDA if sekda else VacancyKind.OTHER
    rule, usual = law.rank_rule(level, kind, rules), law.usual_rank(level, kind, rules)
    if rule is None or usual is None:
        return
    if asked.min_rank is None:
        yield not_checked(rules, rule, "requirements.min_rank")
    elif rank_order(asked.min_rank) < rank_order(usual):
        yield found(
            rules,
            rule,
            "requirements.min_rank",
            f"Golongan paling rendah lazimnya {usual}; rencana ini {asked.min_rank}.",
            f"The lowest rank is usually {usual}; the plan has {asked.min_rank}.",
            expected=f">= {usual}",
            actual=asked.min_rank,
        )


def _age_counted(asked: PlannedRequirements, closes: date | None, rules: RuleSet) -> Iterator[Finding]:
    """Ages are counted on the expected inauguration, which follows the close, or on the close itself."""
    day = asked.age_reference
    if day is None or closes is None:
        return
    on_close = law.age_reference(closes, None, rules) == closes
    if day == closes or (day > closes and not on_close):
        return
    sign = "=" if on_close else ">="
    yield found(
        rules,
        "candidate.age_reference",
        "requirements.age_reference",
        f"Tanggal acuan umur {tanggal(day)}, padahal pelamaran ditutup {tanggal(closes)}; seharusnya {sign} hari itu.",
        f"Ages are counted on {day}, but applications close on {closes}; it should be {sign} that day.",
        severity=Enforcement.WARN,
        expected=f"{sign} {closes}",
        actual=day,
    )


def _whole(asked: PlannedRequirements, level: str, rules: RuleSet) -> Iterator[Finding]:
    """What a plan may also say of its requirements; what it leaves out is not asked of it."""
    yield from _feeder_posts(asked, level, rules)
    yield from _open_to(asked, level, rules)
    yield from _min_rating(asked, rules)
    yield from _clean_years(asked, rules)
    yield from _remaining_service(asked, rules)
    if asked.documents is not None:
        yield from _documents(asked.documents, rules)


def _feeder_posts(asked: PlannedRequirements, level: str, rules: RuleSet) -> Iterator[Finding]:
    """A plan may name fewer feeder posts than the law, never another."""
    lawful = law.feeder_posts(level, rules)
    others = [kind for kind in asked.feeder_posts or () if kind not in lawful]
    if others:
        words, wrong = (", ".join(POSITIONS[kind] for kind in kinds) for kinds in (lawful, others))
        yield found(
            rules,
            f"candidate.{level}.feeder_posts",
            "requirements.feeder_posts",
            f"Jabatan yang diperhitungkan hanya {words}; rencana ini juga menyebut {wrong}.",
            f"Only these posts count: {', '.join(lawful)}; the plan also names {', '.join(others)}.",
            expected=", ".join(lawful),
            actual=", ".join(others),
        )


def _open_to(asked: PlannedRequirements, level: str, rules: RuleSet) -> Iterator[Finding]:
    """Who else than PNS may apply, and the age limit that then holds for him."""
    statuses = asked.open_to or ()
    if CivilStatus.NON_PNS in statuses and not law.open_to_outsiders(level, rules):
        yield found(
            rules,
            f"candidate.nonpns_allowed.{level}",
            "requirements.open_to",
            f"JPT {level} tidak terbuka bagi non-PNS, termasuk PPPK.",
            f"A JPT {level} is not open to who is no PNS, PPPK among them.",
            expected="pns",
            actual=CivilStatus.NON_PNS,
        )
    own = law.resigned_max_age(level, rules)
    if CivilStatus.TNI_POLRI_RESIGNED in statuses and asked.max_age is not None and asked.max_age > own:
        yield found(
            rules,
            f"candidate.tni_polri_resigned.max_age.{level}",
            "requirements.max_age",
            f"Bagi mantan prajurit TNI dan anggota Polri umur paling tinggi {own} tahun; umumkan batas itu juga.",
            f"For who has resigned from the armed forces or police the highest age is {own}; publish that limit too.",
            severity=Enforcement.INFO,
            expected=f"<= {own}",
            actual=asked.max_age,
        )


def _min_rating(asked: PlannedRequirements, rules: RuleSet) -> Iterator[Finding]:
    usual = law.usual_rating(rules)
    if asked.min_rating is not None and ORDER.index(asked.min_rating) < ORDER.index(usual):
        yield found(
            rules,
            "candidate.skp_min_predikat",
            "requirements.min_rating",
            f"Predikat kinerja paling rendah lazimnya {RATINGS[usual]}; rencana ini {RATINGS[asked.min_rating]}.",
            f"The lowest rating is usually {usual}; the plan has {asked.min_rating}.",
            expected=f">= {usual}",
            actual=asked.min_rating,
        )


def _clean_years(asked: PlannedRequirements, rules: RuleSet) -> Iterator[Finding]:
    usual = law.clean_years(rules)
    if asked.clean_discipline_years is not None and asked.clean_discipline_years < usual:
        yield found(
            rules,
            "candidate.discipline_clean_years",
            "requirements.clean_discipline_years",
            f"Bebas hukuman disiplin lazimnya {usual} tahun; rencana ini {asked.clean_discipline_years} tahun.",
            f"Usually {usual} years without a penalty are asked; the plan has {asked.clean_discipline_years}.",
            expected=f">= {usual}",
            actual=asked.clean_discipline_years,
        )


def _remaining_service(asked: PlannedRequirements, rules: RuleSet) -> Iterator[Finding]:
    usual, months = law.least_remaining_service(rules), asked.min_remaining_service_months
    if months is not None and months < usual:
        yield found(
            rules,
            "candidate.min_remaining_service_months",
            "requirements.min_remaining_service_months",
            f"Sisa masa kerja paling singkat {usual} bulan; rencana ini {months}.",
            f"At least {usual} months of service must remain; the plan has {months}.",
            expected=f">= {usual}",
            actual=months,
        )


def _documents(codes: tuple[str, ...], rules: RuleSet) -> Iterator[Finding]:
    """Documents that the law or practice asks for and a stated list leaves out."""
    usual = (
        (
            "application.ppk_recommendation_required",
            PPK_RECOMMENDATION,
            PPK_RECOMMENDATION in required_documents((), rules),
        ),
        ("candidate.lhkpn_required", WEALTH_REPORT, law.wealth_report_expected(rules)),
        ("candidate.spt_years", TAX_RETURNS, law.tax_return_count(rules) > 0),
    )
    for rule, code, asked_for in usual:
        if asked_for and code not in codes:
            yield found(
                rules,
                rule,
                "requirements.documents",
                f"Daftar dokumen tidak memuat {_DOCUMENTS[code]} ({code}).",
                f"The list of documents leaves out {_DOCUMENTS_EN[code]} ({code}).",
                expected=code,
                actual=", ".join(codes),
            )


_DOCUMENTS = {
    PPK_RECOMMENDATION: "rekomendasi tertulis PPK",
    WEALTH_REPORT: "LHKPN atau LHKASN",
    TAX_RETURNS: "SPT tahunan",
}
_DOCUMENTS_EN = {
    PPK_RECOMMENDATION: "the PPK's written recommendation",
    WEALTH_REPORT: "the wealth report (LHKPN or LHKASN)",
    TAX_RETURNS: "the yearly tax returns",
}
