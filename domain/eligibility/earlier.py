"""Requirements as they were computed before `Switch.WHOLE_RECORD`: for the sets that were pinned without it."""

from typing import Final

from domain.dates import Span, add_months, span_between, total_span
from domain.eligibility.conduct import ORDER
from domain.eligibility.law import last_day_in_age
from domain.eligibility.record import CandidateRecord, RequirementResult, Requirements
from domain.eligibility.results import judged, unknown
from domain.labels import POSITIONS, RATINGS, tanggal
from domain.rules import RuleSet
from domain.words import Rating

_MONTHS_A_YEAR: Final = 12


def age(record: CandidateRecord, asked: Requirements, max_age: int, rules: RuleSet) -> RequirementResult:
    """One limit for everybody, on the announced reference date only."""
    rule = f"candidate.{asked.level}.max_age"
    if record.birth_date is None or asked.age_reference is None:
        missing = "tanggal lahir" if record.birth_date is None else "tanggal acuan umur"
        return unknown("max_age", rule, rules, missing)
    last = last_day_in_age(record.birth_date, max_age, rules)
    reached = span_between(record.birth_date, asked.age_reference)
    born, on = tanggal(record.birth_date), tanggal(asked.age_reference)
    evidence = f"lahir {born}; umur {reached} pada {on}; paling tinggi {max_age} tahun"
    satisfy = f"tanggal acuan paling lambat {tanggal(last)}"
    return judged("max_age", asked.age_reference <= last, evidence, rule, rules, satisfy)


def experience(record: CandidateRecord, asked: Requirements, years: int, rules: RuleSet) -> RequirementResult:
    """What is declared counts by itself."""
    rule = f"candidate.{asked.level}.experience_years"
    if record.experience_years is None:
        return unknown("experience_years", rule, rules, "pengalaman jabatan terkait")
    months = record.experience_years * _MONTHS_A_YEAR + record.experience_months
    evidence = f"pengalaman menurut pernyataan {Span(months, 0)}; paling singkat {years} tahun secara kumulatif"
    satisfy = f"SK jabatan terkait dengan jumlah masa kerja {years} tahun"
    return judged("experience_years", months >= years * _MONTHS_A_YEAR, evidence, rule, rules, satisfy)


def feeder(record: CandidateRecord, asked: Requirements, years: int, rules: RuleSet) -> RequirementResult:
    """Reversed dates count as nothing, and left-over days make months of 30."""
    rule, reference = f"candidate.{asked.level}.feeder_years", asked.reference
    if not record.positions or reference is None:
        return unknown("feeder_years", rule, rules, "riwayat jabatan" if reference else "tanggal acuan")
    kinds = rules.items(f"candidate.{asked.level}.feeder_posts")
    held = total_span(
        (p.held_from, min(p.held_until or reference, reference))
        for p in record.positions
        if p.kind.value in kinds and p.definitive
    )
    posts = ", ".join(POSITIONS[kind] for kind in kinds)
    evidence = f"{posts}: {held} sampai {tanggal(reference)}; paling singkat {years} tahun"
    satisfy = f"SK jabatan definitif yang genap {years} tahun pada {tanggal(reference)}"
    return judged("feeder_years", held.months >= years * _MONTHS_A_YEAR, evidence, rule, rules, satisfy)


def ratings(record: CandidateRecord, asked: Requirements, lowest: Rating, rules: RuleSet) -> RequirementResult:
    """The latest ratings before the reference date, however old they are."""
    rule, needed, reference = "candidate.skp_min_predikat", rules.integer("candidate.skp_years"), asked.reference
    known = [(y, r) for y, r in sorted(record.ratings, reverse=True) if reference is None or y < reference.year]
    if len(known) < needed:
        return unknown("ratings", rule, rules, f"predikat kinerja {needed} tahun terakhir")
    last = known[:needed]
    enough = all(ORDER.index(r) >= ORDER.index(lowest) for _, r in last)
    evidence = "; ".join(f"{year}: {RATINGS[rating]}" for year, rating in last) + f"; paling rendah {RATINGS[lowest]}"
    return judged("ratings", enough, evidence, rule, rules, f"predikat {RATINGS[lowest]} pada {needed} tahun terakhir")


def discipline(record: CandidateRecord, asked: Requirements, rules: RuleSet) -> RequirementResult:
    """A penalty without a date fails."""
    rule, reference = "candidate.discipline_clean_years", asked.reference
    if record.discipline is None or reference is None:
        return unknown("discipline", rule, rules, "riwayat hukuman disiplin" if reference else "tanggal acuan")
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
    return judged("discipline", not counted, evidence, rule, rules, satisfy)
