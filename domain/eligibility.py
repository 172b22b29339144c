"""Screening of one applicant: each requirement computed, with its arithmetic, its article and what would satisfy it.

The engine proposes; two verifiers decide (principle 2). Where facts are missing the verdict is `needs_review`, never a
failure. All dates are local dates of the agency.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.dates import Span, add_months, add_years, span_between, total_span
from domain.grades import Education, rank_order
from domain.labels import POSITIONS, RATINGS, tanggal
from domain.rules import Confidence, RuleSet
from domain.words import Rating, Verdict

_MONTHS_A_YEAR: Final = 12


class PositionKind(StrEnum):
    """A kind of position that counts, or does not, as a feeder (PP 11/2017 Pasal 107)."""

    JPT_UTAMA = "jpt_utama"
    JPT_MADYA = "jpt_madya"
    JPT_PRATAMA = "jpt_pratama"
    ADMINISTRATOR = "administrator"  # eselon III
    PENGAWAS = "pengawas"  # eselon IV
    JF_AHLI_UTAMA = "jf_ahli_utama"
    JF_AHLI_MADYA = "jf_ahli_madya"
    JF_AHLI_MUDA = "jf_ahli_muda"
    JF_AHLI_PERTAMA = "jf_ahli_pertama"
    OTHER = "other"


@dataclass(frozen=True)
class Position:
    """A position held from a date to another, both included; `until` is None while it is held.

    An acting position (plt, plh) is not definitive and does not count.
    """

    kind: PositionKind
    held_from: date
    held_until: date | None = None
    definitive: bool = True


@dataclass(frozen=True)
class Discipline:
    """A disciplinary penalty: its level (`ringan`, `sedang`, `berat`), its date, whether the case is still open."""

    level: str
    decided_on: date | None = None
    pending: bool = False


@dataclass(frozen=True)
class CandidateRecord:
    """What an applicant or a registry states; None and empty mean not stated."""

    birth_date: date | None = None
    education: Education | None = None
    rank: str | None = None
    experience_years: int | None = None
    experience_months: int = 0
    positions: tuple[Position, ...] = ()
    ratings: tuple[tuple[int, Rating], ...] = ()  # year, annual rating
    discipline: tuple[Discipline, ...] | None = None  # None: not stated; empty: stated that there is none
    nip: str = ""


@dataclass(frozen=True)
class Requirements:
    """What a vacancy asks for; None means that it does not ask. `as_of` is the closing date of applications."""

    level: str = "pratama"
    max_age: int | None = None
    age_reference: date | None = None
    min_rank: str | None = None
    experience_years: int | None = None
    feeder_years: int | None = None
    education: Education | None = None
    min_rating: Rating | None = None
    clean_discipline: bool = True
    as_of: date | None = None
    documents: tuple[str, ...] = ()

    @property
    def reference(self) -> date | None:
        """The date on which service is counted: the closing date, or the reference date of the age."""
        return self.as_of or self.age_reference


@dataclass(frozen=True)
class RequirementResult:
    """One requirement: the verdict with its arithmetic (Indonesian), its rule, and what would satisfy it."""

    requirement: str
    verdict: Verdict
    evidence: str
    rule: str
    citation: str
    confidence: Confidence
    would_satisfy: str = ""


def screen(
    record: CandidateRecord, requirements: Requirements, documents_present: Collection[str], rules: RuleSet
) -> tuple[RequirementResult, ...]:
    """Every requirement that the vacancy states, in the order of the announcement, then each document."""
    return tuple(_screened(record, requirements, documents_present, rules))


def proposed(results: Sequence[RequirementResult]) -> Verdict:
    """The verdict on the whole: one requirement not met fails (rule `application.one_tms_fails`)."""
    verdicts = {result.verdict for result in results}
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.NEEDS_REVIEW if Verdict.NEEDS_REVIEW in verdicts else Verdict.MET


def last_day_in_age(birth_date: date, max_age: int, *, inclusive: bool) -> date:
    """The last reference date on which somebody is not too old: the birthday if it counts, else the day before.

    Born on 29 February, the birthday in a common year is 28 February.
    """
    birthday = add_years(birth_date, max_age)
    return birthday if inclusive else date.fromordinal(birthday.toordinal() - 1)


def _screened(
    record: CandidateRecord, asked: Requirements, present: Collection[str], rules: RuleSet
) -> Iterator[RequirementResult]:
    if asked.max_age is not None:
        yield _age(record, asked, asked.max_age, rules)
    if asked.education is not None:
        yield _education(record, asked, asked.education, rules)
    if asked.min_rank is not None:
        yield _rank(record, asked, asked.min_rank, rules)
    if asked.experience_years is not None:
        yield _experience(record, asked, asked.experience_years, rules)
    if asked.feeder_years is not None:
        yield _feeder(record, asked, asked.feeder_years, rules)
    if asked.min_rating is not None:
        yield _ratings(record, asked, asked.min_rating, rules)
    if asked.clean_discipline:
        yield _discipline(record, asked, rules)
    for document in asked.documents:
        yield _document(document, present, rules)


def _age(record: CandidateRecord, asked: Requirements, max_age: int, rules: RuleSet) -> RequirementResult:
    rule = f"candidate.{asked.level}.max_age"
    if record.birth_date is None or asked.age_reference is None:
        missing = "tanggal lahir" if record.birth_date is None else "tanggal acuan umur"
        return _unknown("max_age", rule, rules, missing)
    last = last_day_in_age(record.birth_date, max_age, inclusive=rules.flag("candidate.age_inclusive"))
    age = span_between(record.birth_date, asked.age_reference)
    born, on = tanggal(record.birth_date), tanggal(asked.age_reference)
    evidence = f"lahir {born}; umur {age} pada {on}; paling tinggi {max_age} tahun"
    satisfy = f"tanggal acuan paling lambat {tanggal(last)}"
    return _judged("max_age", asked.age_reference <= last, evidence, rule, rules, satisfy)


def _education(record: CandidateRecord, asked: Requirements, level: Education, rules: RuleSet) -> RequirementResult:
    rule = f"candidate.{asked.level}.min_education"
    if record.education is None:
        return _unknown("education", rule, rules, "pendidikan")
    evidence = f"pendidikan {record.education.label}; paling rendah {level.label}"
    satisfy = f"ijazah {level.label} atau lebih tinggi"
    return _judged("education", record.education >= level, evidence, rule, rules, satisfy)


def _rank(record: CandidateRecord, asked: Requirements, lowest: str, rules: RuleSet) -> RequirementResult:
    specific = f"candidate.min_rank.{asked.level}"
    rule = specific if rules.has(specific) else "candidate.min_rank.pratama"
    if not record.rank:
        return _unknown("min_rank", rule, rules, "pangkat/golongan")
    try:
        enough = rank_order(record.rank) >= rank_order(lowest)
    except ValueError:
        return _unknown("min_rank", rule, rules, f"pangkat/golongan yang terbaca (tertulis {record.rank})")
    evidence = f"golongan {record.rank}; paling rendah {lowest}"
    return _judged("min_rank", enough, evidence, rule, rules, f"SK kenaikan pangkat {lowest} atau lebih tinggi")


def _experience(record: CandidateRecord, asked: Requirements, years: int, rules: RuleSet) -> RequirementResult:
    rule = f"candidate.{asked.level}.experience_years"
    if record.experience_years is None:
        return _unknown("experience_years", rule, rules, "pengalaman jabatan terkait")
    months = record.experience_years * _MONTHS_A_YEAR + record.experience_months
    evidence = f"pengalaman menurut pernyataan {Span(months, 0)}; paling singkat {years} tahun secara kumulatif"
    satisfy = f"SK jabatan terkait dengan jumlah masa kerja {years} tahun"
    return _judged("experience_years", months >= years * _MONTHS_A_YEAR, evidence, rule, rules, satisfy)


def _feeder(record: CandidateRecord, asked: Requirements, years: int, rules: RuleSet) -> RequirementResult:
    rule, reference = f"candidate.{asked.level}.feeder_years", asked.reference
    if not record.positions or reference is None:
        return _unknown("feeder_years", rule, rules, "riwayat jabatan" if reference else "tanggal acuan")
    kinds = rules.items(f"candidate.{asked.level}.feeder_posts")
    held = total_span(
        (p.held_from, min(p.held_until or reference, reference))
        for p in record.positions
        if p.kind.value in kinds and p.definitive
    )
    posts = ", ".join(POSITIONS[kind] for kind in kinds)
    evidence = f"{posts}: {held} sampai {tanggal(reference)}; paling singkat {years} tahun"
    satisfy = f"SK jabatan definitif yang genap {years} tahun pada {tanggal(reference)}"
    return _judged("feeder_years", held.months >= years * _MONTHS_A_YEAR, evidence, rule, rules, satisfy)


_ORDER: Final = (Rating.VERY_POOR, Rating.POOR, Rating.NEEDS_IMPROVEMENT, Rating.GOOD, Rating.VERY_GOOD)


def _ratings(record: CandidateRecord, asked: Requirements, lowest: Rating, rules: RuleSet) -> RequirementResult:
    rule, needed, reference = "candidate.skp_min_predikat", rules.integer("candidate.skp_years"), asked.reference
    known = [(y, r) for y, r in sorted(record.ratings, reverse=True) if reference is None or y < reference.year]
    if len(known) < needed:
        return _unknown("ratings", rule, rules, f"predikat kinerja {needed} tahun terakhir")
    last = known[:needed]
    enough = all(_ORDER.index(r) >= _ORDER.index(lowest) for _, r in last)
    evidence = "; ".join(f"{year}: {RATINGS[rating]}" for year, rating in last) + f"; paling rendah {RATINGS[lowest]}"
    return _judged("ratings", enough, evidence, rule, rules, f"predikat {RATINGS[lowest]} pada {needed} tahun terakhir")


def _discipline(record: CandidateRecord, asked: Requirements, rules: RuleSet) -> RequirementResult:
    rule, reference = "candidate.discipline_clean_years", asked.reference
    if record.discipline is None or reference is None:
        return _unknown("discipline", rule, rules, "riwayat hukuman disiplin" if reference else "tanggal acuan")
    years, levels = rules.integer(rule), rules.items("candidate.discipline_levels")
    since = add_months(reference, -years * _MONTHS_A_YEAR)
    counted = [
        d
        for d in record.discipline
        if d.pending or (d.level in levels and (d.decided_on is None or d.decided_on > since))
    ]
    listed = "; ".join(f"{d.level} {tanggal(d.decided_on) if d.decided_on else 'dalam proses'}" for d in counted)
    evidence = f"hukuman {'/'.join(levels)} sejak {tanggal(since)} atau dalam proses: {listed or 'tidak ada'}"
    satisfy = f"tidak ada hukuman {'/'.join(levels)} dalam {years} tahun dan tidak ada yang sedang diproses"
    return _judged("discipline", not counted, evidence, rule, rules, satisfy)


_PPK_RECOMMENDATION: Final = "ppk_recommendation"


def _document(document: str, present: Collection[str], rules: RuleSet) -> RequirementResult:
    """A document is there or not; whether it proves what it should is for the verifiers."""
    recommendation = document == _PPK_RECOMMENDATION
    rule = "application.ppk_recommendation_required" if recommendation else "application.one_tms_fails"
    evidence = "diunggah" if document in present else "tidak diunggah"
    return _judged(f"document.{document}", document in present, evidence, rule, rules, "unggah dokumen ini")


def _judged(
    requirement: str, met: bool, evidence: str, rule_id: str, rules: RuleSet, satisfy: str
) -> RequirementResult:
    rule = rules.rule(rule_id)
    verdict = Verdict.MET if met else Verdict.NOT_MET
    return RequirementResult(
        requirement, verdict, evidence, rule_id, rule.citation, rule.confidence, "" if met else satisfy
    )


def _unknown(requirement: str, rule_id: str, rules: RuleSet, missing: str) -> RequirementResult:
    rule = rules.rule(rule_id)
    return RequirementResult(
        requirement,
        Verdict.NEEDS_REVIEW,
        f"{missing} belum dinyatakan",
        rule_id,
        rule.citation,
        rule.confidence,
        f"nyatakan {missing}",
    )
