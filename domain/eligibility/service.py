"""Service: time in feeder posts, and experience in the field of the post."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from domain.dates import Span, merged, span_between
from domain.eligibility import law
from domain.eligibility.record import (
    CandidateRecord,
    CivilStatus,
    Position,
    RequirementResult,
    Requirements,
)
from domain.eligibility.results import joined, judged, put, unknown
from domain.labels import POSITIONS, tanggal
from domain.rules import RuleSet
from domain.words import Verdict

_MONTHS_A_YEAR: Final = 12
_LONGEST_MONTH: Final = 31
_ONE_DAY: Final = timedelta(days=1)


def time_served(periods: Iterable[tuple[date, date]]) -> Span:
    """The time that periods (both ends included) cover, overlapping days once.

    An unbroken stretch is counted by the calendar. Days left over from several stretches make a month only when they
    are 31, as many as the longest has: so a gap never makes service longer than holding the post all the time.
    """
    spans = [span_between(start, end + _ONE_DAY) for start, end in merged(periods)]
    carried, days = divmod(sum(span.days for span in spans), _LONGEST_MONTH)
    return Span(sum(span.months for span in spans) + carried, days)


def feeder(record: CandidateRecord, asked: Requirements, years: int, rules: RuleSet) -> RequirementResult:
    """Whether the applicant has held feeder posts long enough on the closing date; acting ones do not count."""
    rule, reference = f"candidate.{asked.level}.feeder_years", asked.reference
    if not record.positions or reference is None:
        return unknown("feeder_years", rule, rules, "riwayat jabatan" if reference else "tanggal acuan")
    kinds = asked.feeder_posts or law.feeder_posts(asked.level, rules)
    posts = [p for p in record.positions if p.kind in kinds]
    counted = _counted(posts, reference)
    held = time_served(counted)
    evidence = joined(
        f"{', '.join(POSITIONS[kind] for kind in kinds)}: {held} ({held.months} bulan) sampai {tanggal(reference)}",
        f"paling singkat {years} tahun",
        _stretches(counted),
        *_left_out(posts, reference),
    )
    satisfy = f"SK jabatan definitif yang genap {years} tahun pada {tanggal(reference)}"
    enough = held.months >= years * _MONTHS_A_YEAR
    if not enough and (doubt := _doubt(record, posts)):
        return put("feeder_years", Verdict.NEEDS_REVIEW, joined(evidence, doubt), rule, rules, satisfy)
    return judged("feeder_years", enough, evidence, rule, rules, satisfy)


def experience(record: CandidateRecord, asked: Requirements, years: int, rules: RuleSet) -> RequirementResult:
    """Experience in the field, as declared; it is met by itself only where posts said to be of that field bear it out.

    Otherwise what is declared is for a person to confirm.
    """
    rule, reference, needed = f"candidate.{asked.level}.experience_years", asked.reference, years * _MONTHS_A_YEAR
    declared = None
    if record.experience_years is not None:
        declared = record.experience_years * _MONTHS_A_YEAR + record.experience_months
    related = [p for p in record.positions if p.related] if reference else []
    if declared is None and not related:
        return unknown("experience_years", rule, rules, "pengalaman jabatan terkait")
    counted = _counted(related, reference) if reference else []
    borne = time_served(counted)
    evidence = joined(
        "pengalaman tidak dinyatakan" if declared is None else f"pengalaman menurut pernyataan {Span(declared, 0)}",
        f"jabatan yang disebut terkait: {borne} ({borne.months} bulan)",
        _stretches(counted),
        f"paling singkat {years} tahun secara kumulatif",
    )
    verdict = _experienced(declared, borne.months, needed)
    if verdict is Verdict.NEEDS_REVIEW:
        evidence = joined(evidence, "perlu dikonfirmasi verifikator")
    return put("experience_years", verdict, evidence, rule, rules, f"SK jabatan terkait yang berjumlah {years} tahun")


def _experienced(declared: int | None, borne: int, needed: int) -> Verdict:
    """Met where statement and posts agree that it is enough, not met where they agree that it is not."""
    if declared is None:
        return Verdict.MET if borne >= needed else Verdict.NEEDS_REVIEW
    if (declared >= needed) is (borne >= needed):
        return Verdict.MET if declared >= needed else Verdict.NOT_MET
    return Verdict.NEEDS_REVIEW


def _counted(posts: Sequence[Position], reference: date) -> list[tuple[date, date]]:
    """The periods of definitive posts up to the reference date, merged."""
    return merged((p.held_from, min(p.held_until or reference, reference)) for p in posts if p.definitive)


def _stretches(counted: Sequence[tuple[date, date]]) -> str:
    return ", ".join(f"{tanggal(start)} sampai {tanggal(end)}" for start, end in counted)


def _left_out(posts: Sequence[Position], reference: date) -> list[str]:
    """Why some feeder posts add nothing."""
    acting = sum(not p.definitive for p in posts)
    remarks = [f"{acting} jabatan plt/plh tidak dihitung"] if acting else []
    late = [p for p in posts if p.definitive and p.held_from > reference]
    return remarks + [f"{_name(p)} baru mulai {tanggal(p.held_from)}, tidak dihitung" for p in late]


def _doubt(record: CandidateRecord, posts: Sequence[Position]) -> str:
    """What may still make a record sufficient that does not look so."""
    for position in posts:
        if position.is_reversed and position.held_until is not None and position.definitive:
            dates = f"{tanggal(position.held_from)} sampai {tanggal(position.held_until)}"
            return f"tanggal {_name(position)} terbalik ({dates}), perlu diperiksa"
    outside = record.status not in (None, CivilStatus.PNS)
    return "Pasal 107 mengatur jabatan PNS; bagi bukan PNS dinilai verifikator" if outside else ""


def _name(position: Position) -> str:
    return f"jabatan {POSITIONS[position.kind]}"
