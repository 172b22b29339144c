"""Papers: uploaded documents, leadership training, education and rank, and the President's waiver."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from domain.eligibility import law
from domain.eligibility.record import CandidateRecord, CivilStatus, RequirementResult, Requirements, Training
from domain.eligibility.results import joined, judged, put, unknown
from domain.grades import Education, rank_order
from domain.law.application import PPK_RECOMMENDATION
from domain.rules import Confidence, RuleSet
from domain.words import Verdict

TAX_RETURNS: Final = "spt"
WEALTH_REPORT: Final = "lhkpn"
_OF_DOCUMENTS: Final = {
    PPK_RECOMMENDATION: "application.ppk_recommendation_required",
    WEALTH_REPORT: "candidate.lhkpn_required",
    TAX_RETURNS: "candidate.spt_years",
}
_ANY_DOCUMENT: Final = "application.one_tms_fails"
_WAIVABLE: Final = frozenset({"max_age", "education", "experience_years", "feeder_years"})
"""The requirements of Pasal 107 itself; what only announcements ask for is not waived (our reading of ayat (2))."""


def education(record: CandidateRecord, asked: Requirements, level: Education, rules: RuleSet) -> RequirementResult:
    """Whether the applicant's education is high enough."""
    rule = f"candidate.{asked.level}.min_education"
    if record.education is None:
        return unknown("education", rule, rules, "pendidikan")
    evidence = f"pendidikan {record.education.label}; paling rendah {level.label}"
    satisfy = f"ijazah {level.label} atau lebih tinggi"
    return judged("education", record.education >= level, evidence, rule, rules, satisfy)


def rank(record: CandidateRecord, lowest: str, rule: str, rules: RuleSet) -> RequirementResult:
    """Whether the applicant's rank is high enough; one that cannot be read needs a person."""
    if not record.rank:
        return unknown("min_rank", rule, rules, "pangkat/golongan")
    try:
        enough = rank_order(record.rank) >= rank_order(lowest)
    except ValueError:
        return unknown("min_rank", rule, rules, f"pangkat/golongan yang terbaca (tertulis {record.rank})")
    evidence = f"golongan {record.rank}; paling rendah {lowest}"
    return judged("min_rank", enough, evidence, rule, rules, f"SK kenaikan pangkat {lowest} atau lebih tinggi")


def training(record: CandidateRecord, lowest: Training, rules: RuleSet) -> RequirementResult:
    """Whether the applicant has that leadership training or a higher one; announcements ask for it, not the law."""
    if record.trainings is None:
        return unknown("training", _ANY_DOCUMENT, rules, "pelatihan kepemimpinan")
    listed = ", ".join(item.label for item in sorted(set(record.trainings))) or "tidak ada"
    evidence = f"pelatihan kepemimpinan: {listed}; paling rendah {lowest.label}"
    enough = any(item >= lowest for item in record.trainings)
    return judged("training", enough, evidence, _ANY_DOCUMENT, rules, f"sertifikat {lowest.label} atau lebih tinggi")


def document(code: str, present: Collection[str], rules: RuleSet) -> RequirementResult:
    """A document is there or not; whether it proves what it should is for the verifiers."""
    rule = _OF_DOCUMENTS.get(code, _ANY_DOCUMENT)
    evidence = "diunggah" if code in present else "tidak diunggah"
    return judged(f"document.{code}", code in present, evidence, rule, rules, "unggah dokumen ini")


def dated_document(code: str, asked: Requirements, present: Collection[str], rules: RuleSet) -> RequirementResult:
    """A document, with the tax years that it must cover where it is the tax returns."""
    result = document(code, present, rules)
    if code != TAX_RETURNS or asked.reference is None:
        return result
    years = " dan ".join(str(year) for year in law.tax_return_years(asked.reference, rules))
    return replace(result, evidence=f"{result.evidence}; harus memuat tahun pajak {years}")


def unasked_recommendation(present: Collection[str], rules: RuleSet) -> RequirementResult:
    """The PPK's recommendation where the vacancy's list forgets it: a person looks whether it is there all the same."""
    rule = _OF_DOCUMENTS[PPK_RECOMMENDATION]
    if PPK_RECOMMENDATION in present:
        return document(PPK_RECOMMENDATION, present, rules)
    evidence = "tidak diminta dalam daftar dokumen jabatan ini, tetapi wajib bagi pelamar PNS"
    satisfy = "rekomendasi tertulis PPK asal"
    return put(f"document.{PPK_RECOMMENDATION}", Verdict.NEEDS_REVIEW, evidence, rule, rules, satisfy)


def waived(
    result: RequirementResult, record: CandidateRecord, present: Collection[str], rules: RuleSet
) -> RequirementResult:
    """The result after a waiver (Pasal 107 ayat (2)): only with its document, only of what Pasal 107 asks of a PNS."""
    covered = result.requirement in _WAIVABLE and record.status in (None, CivilStatus.PNS)
    if result.verdict is Verdict.MET or not covered:
        return result
    code = law.waiver_document(rules)
    if code is not None and code in present:
        rule = rules.rule("candidate.waiver")
        evidence = joined(result.evidence, f"dikecualikan dengan persetujuan Presiden (dokumen {code} diunggah)")
        of_rule = (rule.id, rule.citation, Confidence.DERIVED)
        return RequirementResult(result.requirement, Verdict.MET, evidence, *of_rule)
    if not record.asks_waiver:
        return result
    if code is None:
        return replace(result, evidence=joined(result.evidence, "himpunan aturan ini tidak mengenal pengecualian"))
    return replace(
        result,
        evidence=joined(result.evidence, f"pengecualian tidak berlaku tanpa dokumen {code}"),
        would_satisfy=f"{result.would_satisfy}, atau persetujuan Presiden (dokumen {code})",
    )
