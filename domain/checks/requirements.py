"""What the plan asks of applicants against what the law asks at least (PP 11/2017 Pasal 107), and their minimum number.

An agency may ask for more than the law, never for less.
"""

from collections.abc import Iterator

from domain.checks.finding import Finding, found, not_checked
from domain.grades import parse_education, rank_order
from domain.plan import Level, Plan, PlannedRequirements
from domain.rules import Enforcement, RuleSet
from domain.words import VacancyKind


def check_requirements(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Everything about requirements that the plan states, for the plan's level (pratama where it says none)."""
    level = (plan.level or Level.PRATAMA).value
    if plan.requirements is None:
        yield not_checked(rules, f"candidate.{level}.max_age", "requirements")
        return
    sekda = any(vacancy.kind is VacancyKind.SEKDA for vacancy in plan.vacancies or ())
    yield from _age(plan.requirements, level, rules, sekda=sekda)
    yield from _at_least(plan.requirements.experience_years, "experience_years", level, rules)
    yield from _at_least(plan.requirements.feeder_years, "feeder_years", level, rules)
    yield from _education(plan.requirements, level, rules)
    yield from _rank(plan.requirements, level, rules, sekda=sekda)


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
        yield from _too_old(asked.max_age, rule, rules, sekda=sekda)
    if asked.age_reference is None:
        yield not_checked(
            rules,
            "candidate.age_reference",
            "requirements.age_reference",
            "Batas umur tidak punya tanggal acuan; umumkan tanggalnya.",
            "The age limit has no reference date; publish one.",
        )


def _too_old(max_age: int, rule: str, rules: RuleSet, *, sekda: bool) -> Iterator[Finding]:
    limit = rules.integer(rule)
    if max_age <= limit:
        return
    override = "candidate.sekda.max_age_override"
    tolerated = sekda and max_age <= rules.integer(override)
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


def _at_least(asked: int | None, name: str, level: str, rules: RuleSet) -> Iterator[Finding]:
    rule = f"candidate.{level}.{name}"
    if asked is None:
        yield not_checked(rules, rule, f"requirements.{name}")
        return
    needed = rules.integer(rule)
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
    needed = parse_education(rules.text(rule))
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
    rule = "candidate.min_rank.sekda" if sekda else f"candidate.min_rank.{level}"
    if not rules.has(rule):
        return
    if asked.min_rank is None:
        yield not_checked(rules, rule, "requirements.min_rank")
        return
    usual = rules.text(rule)
    if rank_order(asked.min_rank) < rank_order(usual):
        yield found(
            rules,
            rule,
            "requirements.min_rank",
            f"Golongan paling rendah lazimnya {usual}; rencana ini {asked.min_rank}.",
            f"The lowest rank is usually {usual}; the plan has {asked.min_rank}.",
            expected=f">= {usual}",
            actual=asked.min_rank,
        )
