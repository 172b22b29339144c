"""What the law and practice ask of candidates: one function a rule (PP 11/2017 Pasal 106-111, 147-159 and 239).

Ages are whole years, service is counted in months, dates are local dates. `level` is `utama`, `madya` or `pratama`.
"""

from datetime import date
from typing import Final

from domain.dates import add_years, span_between
from domain.eligibility.record import PositionKind
from domain.grades import Education, parse_education
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import Rating, VacancyKind

_ONE_DAY: Final = 1

# -- PNS (Pasal 107)


@applies("candidate.utama.max_age", "candidate.madya.max_age", "candidate.pratama.max_age")
def max_age(level: str, rules: RuleSet) -> int:
    """The highest age of a PNS at that level (Pasal 107)."""
    return rules.integer(f"candidate.{level}.max_age")


@applies("candidate.utama.min_education", "candidate.madya.min_education", "candidate.pratama.min_education")
def min_education(level: str, rules: RuleSet) -> Education:
    """The lowest education of a PNS at that level (Pasal 107).

    Raises:
        ValueError: the rule's value names no level of education.
    """
    return parse_education(rules.text(f"candidate.{level}.min_education"))


@applies("candidate.utama.experience_years", "candidate.madya.experience_years", "candidate.pratama.experience_years")
def experience_years(level: str, rules: RuleSet) -> int:
    """The least experience in the field, cumulative years (Pasal 107)."""
    return rules.integer(f"candidate.{level}.experience_years")


@applies("candidate.utama.feeder_years", "candidate.madya.feeder_years", "candidate.pratama.feeder_years")
def feeder_years(level: str, rules: RuleSet) -> int:
    """The least time in a feeder post, years (Pasal 107)."""
    return rules.integer(f"candidate.{level}.feeder_years")


@applies("candidate.utama.feeder_posts", "candidate.madya.feeder_posts", "candidate.pratama.feeder_posts")
def feeder_posts(level: str, rules: RuleSet) -> tuple[PositionKind, ...]:
    """The posts that one must hold or have held; those of the level itself qualify too (Pasal 107).

    Raises:
        ValueError: the rule's value names a kind of position that does not exist.
    """
    return tuple(PositionKind(kind) for kind in rules.items(f"candidate.{level}.feeder_posts"))


@applies("candidate.sekda.max_age_override")
def sekda_max_age(rules: RuleSet) -> int:
    """The highest age for a regional secretary's post of an applicant who holds a JPT pratama already (practice)."""
    return rules.integer("candidate.sekda.max_age_override")


@applies("candidate.age_inclusive")
def last_day_in_age(birth_date: date, years: int, rules: RuleSet) -> date:
    """The last reference date on which somebody is not too old: the birthday if it counts, else the day before.

    Born on 29 February, the birthday in a common year is 28 February.
    """
    birthday = add_years(birth_date, years)
    return birthday if rules.flag("candidate.age_inclusive") else date.fromordinal(birthday.toordinal() - _ONE_DAY)


@applies("candidate.age_reference")
def age_reference(closes: date | None, inauguration: date | None, rules: RuleSet) -> date | None:
    """The day on which ages are counted where the announcement names none; None where that day is not planned.

    `expected_inauguration_date` or `registration_close`, by practice.
    """
    return inauguration if rules.text("candidate.age_reference") == "expected_inauguration_date" else closes


@applies("candidate.waiver")
def waiver_document(rules: RuleSet) -> str | None:
    """The code of the document without which no requirement of Pasal 107 is waived (Pasal 107 ayat (2)).

    None in a rule set from before PP 17/2020, which knows no waiver.
    """
    return rules.text("candidate.waiver") if rules.has("candidate.waiver") else None


# -- what practice adds


def rank_rule(level: str, kind: VacancyKind, rules: RuleSet) -> str | None:
    """The rule on the lowest rank of that post; None where practice knows none."""
    own = "candidate.min_rank.sekda" if kind is VacancyKind.SEKDA else f"candidate.min_rank.{level}"
    return own if rules.has(own) else None


@applies("candidate.min_rank.pratama", "candidate.min_rank.sekda")
def usual_rank(level: str, kind: VacancyKind, rules: RuleSet) -> str | None:
    """The lowest rank that announcements ask for, such as `IV/a`; None where practice knows none."""
    rule = rank_rule(level, kind, rules)
    return rules.text(rule) if rule else None


@applies("candidate.skp_min_predikat")
def usual_rating(rules: RuleSet) -> Rating:
    """The lowest annual rating that announcements ask for."""
    return Rating(rules.text("candidate.skp_min_predikat"))


@applies("candidate.skp_years")
def rated_years(day: date, rules: RuleSet) -> tuple[int, ...]:
    """The years whose ratings count on a local date: so many before its own, the latest first."""
    return tuple(day.year - back for back in range(1, rules.integer("candidate.skp_years") + 1))


@applies("candidate.discipline_clean_years")
def clean_years(rules: RuleSet) -> int:
    """How many years without a counted penalty announcements ask for (practice)."""
    return rules.integer("candidate.discipline_clean_years")


def clean_since(day: date, years: int) -> date:
    """The day after which no counted penalty may have been given: so many years before; one of that very day is
    over."""
    return add_years(day, -years)


@applies("candidate.discipline_levels")
def counted_penalties(rules: RuleSet) -> tuple[str, ...]:
    """The levels of penalty that count: `sedang` and `berat`; `ringan` does not."""
    return rules.items("candidate.discipline_levels")


@applies("candidate.min_remaining_service_months")
def least_remaining_service(rules: RuleSet) -> int:
    """How many months of service must remain at least, where an announcement asks for fewer (practice)."""
    return rules.integer("candidate.min_remaining_service_months")


@applies("candidate.lhkpn_required")
def wealth_report_expected(rules: RuleSet) -> bool:
    """Whether announcements ask for a wealth report, LHKPN or LHKASN (practice)."""
    return rules.flag("candidate.lhkpn_required")


@applies("candidate.spt_years")
def tax_return_count(rules: RuleSet) -> int:
    """For how many years announcements ask for tax returns (practice)."""
    return rules.integer("candidate.spt_years")


def tax_return_years(day: date, rules: RuleSet) -> tuple[int, ...]:
    """Those tax years, the latest first: so many before a local date's own year."""
    return tuple(day.year - back for back in range(1, tax_return_count(rules) + 1))


# -- retirement (Pasal 239)

RETIREMENT_JPT: Final = "candidate.retirement_age.jpt"
_JPT: Final = (PositionKind.JPT_UTAMA, PositionKind.JPT_MADYA, PositionKind.JPT_PRATAMA)


@applies(
    "candidate.retirement_age.jpt",
    "candidate.retirement_age.jf_ahli_utama",
    "candidate.retirement_age.jf_ahli_madya",
    "candidate.retirement_age.administrator",
    "candidate.retirement_age.pengawas",
)
def retirement_age(kind: PositionKind, rules: RuleSet) -> int | None:
    """The age at which the holder of such a post retires (Pasal 239), in years; None where no rule names it."""
    rule = RETIREMENT_JPT if kind in _JPT else f"candidate.retirement_age.{kind}"
    return rules.integer(rule) if rules.has(rule) else None


def retires_on(birth_date: date, kind: PositionKind, rules: RuleSet) -> date | None:
    """The birthday on which the holder of such a post reaches the retirement age; None where no rule names it."""
    age = retirement_age(kind, rules)
    return None if age is None else add_years(birth_date, age)


def months_to_serve(birth_date: date, kind: PositionKind, day: date, rules: RuleSet) -> int | None:
    """Whole months from a local date to the retirement age of such a post; None where no rule names it."""
    last = retires_on(birth_date, kind, rules)
    return None if last is None else span_between(day, last).months


# -- who is no PNS (Pasal 106, 108, 110-111, 147-159)


@applies("candidate.nonpns_allowed.pratama")
def open_to_outsiders(level: str, rules: RuleSet) -> bool:
    """Whether posts of that level are open to who is no PNS: utama and madya are, with the President's approval; a
    JPT pratama is not (Pasal 110 ayat (3))."""
    rule = f"candidate.nonpns_allowed.{level}"
    return rules.flag(rule) if rules.has(rule) else True


@applies("candidate.nonpns.document")
def outsider_document(rules: RuleSet) -> str:
    """The code of the document by which the President approves who is no PNS as a candidate (Pasal 106)."""
    return rules.text("candidate.nonpns.document")


@applies("candidate.nonpns.min_education")
def outsider_education(rules: RuleSet) -> Education:
    """The lowest education of who is no PNS: a postgraduate degree (Pasal 108).

    Raises:
        ValueError: the rule's value names no level of education.
    """
    return parse_education(rules.text("candidate.nonpns.min_education"))


@applies("candidate.nonpns.experience_years.utama", "candidate.nonpns.experience_years.madya")
def outsider_experience(level: str, rules: RuleSet) -> int | None:
    """The least experience of who is no PNS at that level, years (Pasal 108); None for a JPT pratama."""
    rule = f"candidate.nonpns.experience_years.{level}"
    return rules.integer(rule) if rules.has(rule) else None


@applies("candidate.nonpns.max_age")
def outsider_max_age(rules: RuleSet) -> int:
    """The highest age of who is no PNS (Pasal 108)."""
    return rules.integer("candidate.nonpns.max_age")


@applies("candidate.nonpns.party_free_years")
def party_free_since(registration: date, rules: RuleSet) -> date:
    """The last day on which who is no PNS may have been in a political party: so many years before he registers
    (Pasal 108)."""
    return add_years(registration, -rules.integer("candidate.nonpns.party_free_years"))


@applies(
    "candidate.tni_polri_resigned.max_age.utama",
    "candidate.tni_polri_resigned.max_age.madya",
    "candidate.tni_polri_resigned.max_age.pratama",
)
def resigned_max_age(level: str, rules: RuleSet) -> int:
    """The highest age of a soldier or police officer who has resigned (Pasal 147-159)."""
    return rules.integer(f"candidate.tni_polri_resigned.max_age.{level}")


@applies(
    "candidate.tni_polri_resigned.min_education.utama",
    "candidate.tni_polri_resigned.min_education.madya",
    "candidate.tni_polri_resigned.min_education.pratama",
)
def resigned_education(level: str, rules: RuleSet) -> Education:
    """The lowest education of a soldier or police officer who has resigned (Pasal 147-159).

    Raises:
        ValueError: the rule's value names no level of education.
    """
    return parse_education(rules.text(f"candidate.tni_polri_resigned.min_education.{level}"))
