"""Conduct: the ratings of the last years, and disciplinary penalties."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.eligibility import law
from domain.eligibility.record import CandidateRecord, Discipline, RequirementResult, Requirements
from domain.eligibility.results import joined, judged, put, unknown
from domain.labels import RATINGS, tanggal
from domain.rules import RuleSet
from domain.words import Rating, Verdict

ORDER: Final = (Rating.VERY_POOR, Rating.POOR, Rating.NEEDS_IMPROVEMENT, Rating.GOOD, Rating.VERY_GOOD)
"""Ratings from the lowest."""


def ratings(record: CandidateRecord, asked: Requirements, lowest: Rating, rules: RuleSet) -> RequirementResult:
    """Whether each of the last years before the reference date is rated well enough.

    A year that is missing, or stated twice with different ratings, needs a person; one that is too low fails.
    """
    rule, reference = "candidate.skp_min_predikat", asked.reference
    if not record.ratings or reference is None:
        return unknown("ratings", rule, rules, "predikat kinerja" if reference else "tanggal acuan")
    years = law.rated_years(reference, rules)
    stated = {year: {rating for y, rating in record.ratings if y == year} for year in years}
    evidence = joined(
        *(f"{year}: {_words(found)}" for year, found in stated.items()), f"paling rendah {RATINGS[lowest]}"
    )
    satisfy = f"predikat {RATINGS[lowest]} pada tahun {' dan '.join(str(year) for year in years)}"
    if any(found and all(ORDER.index(r) < ORDER.index(lowest) for r in found) for found in stated.values()):
        return put("ratings", Verdict.NOT_MET, evidence, rule, rules, satisfy)
    verdict = Verdict.MET if all(len(found) == 1 for found in stated.values()) else Verdict.NEEDS_REVIEW
    return put("ratings", verdict, evidence, rule, rules, satisfy)


def discipline(record: CandidateRecord, asked: Requirements, rules: RuleSet) -> RequirementResult:
    """Whether no counted penalty falls in the years before the reference date and no case is pending.

    A penalty without a date that is not pending may be older: a person must decide.
    """
    rule, reference = "candidate.discipline_clean_years", asked.reference
    if record.discipline is None or reference is None:
        return unknown("discipline", rule, rules, "riwayat hukuman disiplin" if reference else "tanggal acuan")
    years = asked.clean_discipline_years if asked.clean_discipline_years is not None else law.clean_years(rules)
    since, levels = law.clean_since(reference, years), law.counted_penalties(rules)
    relevant = [d for d in record.discipline if d.pending or d.level in levels]
    failing = [d for d in relevant if d.pending or (d.decided_on is not None and d.decided_on > since)]
    undated = [d for d in relevant if not d.pending and d.decided_on is None]
    named = "/".join(levels)
    evidence = f"hukuman {named} sejak {tanggal(since)} atau dalam proses: {_listed([*failing, *undated])}"
    satisfy = f"tidak ada hukuman {named} sesudah {tanggal(since)} dan tidak ada yang sedang diproses"
    if undated and not failing:
        return put("discipline", Verdict.NEEDS_REVIEW, evidence, rule, rules, "SK hukuman disiplin yang bertanggal")
    return judged("discipline", not failing, evidence, rule, rules, satisfy)


def _words(found: set[Rating]) -> str:
    return " atau ".join(RATINGS[rating] for rating in ORDER if rating in found) or "belum dinyatakan"


def _listed(penalties: Sequence[Discipline]) -> str:
    return "; ".join(f"{d.level} {_when(d.decided_on, pending=d.pending)}" for d in penalties) or "tidak ada"


def _when(day: date | None, *, pending: bool) -> str:
    if pending:
        return "dalam proses"
    return tanggal(day) if day else "tanpa tanggal"
