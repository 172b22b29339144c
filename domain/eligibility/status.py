"""Civil status: a PNS, who is none, or who resigned from the armed forces or police; and what the NIP says."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from domain.eligibility import law
from domain.eligibility.age import counted_on
from domain.eligibility.record import CandidateRecord, CivilStatus, RequirementResult, Requirements
from domain.eligibility.results import joined, put, unknown
from domain.grades import Education
from domain.nip import Declared, NumberKind, nip_findings, parse_nip
from domain.rules import RuleSet
from domain.words import Verdict

_NAME: Final = "civil_status"
_MONTHS_A_YEAR: Final = 12
STATUSES: Final = {
    CivilStatus.PNS: "PNS",
    CivilStatus.NON_PNS: "non-PNS",
    CivilStatus.TNI_POLRI_RESIGNED: "mantan prajurit TNI/anggota Polri",
    CivilStatus.TNI_POLRI_ACTIVE: "prajurit TNI/anggota Polri aktif",
}
"""Who applies, in Indonesian."""

Facts = Mapping[str, bool | None]
"""Conditions in words: true, false, or None where nobody stated it."""


def civil_status(
    record: CandidateRecord, asked: Requirements, present: Collection[str], rules: RuleSet
) -> RequirementResult:
    """Whether who applies on that footing may apply at all; what looks odd in the number is told and fails nobody."""
    rule = _rule(record.status, asked.level)
    if record.status is None:
        return _by_number(record, asked, rule, rules)
    remark = joined(*_number_remarks(record, asked, rules))
    if asked.open_to and record.status not in asked.open_to:
        named = ", ".join(STATUSES[status] for status in asked.open_to)
        evidence = joined(f"{STATUSES[record.status]}; jabatan ini dibuka bagi {named}", remark)
        return put(_NAME, Verdict.NOT_MET, evidence, rule, rules, f"status {named}")
    if record.status is CivilStatus.PNS:
        return put(_NAME, Verdict.MET, joined("PNS menurut pernyataan", remark), rule, rules, "")
    if record.status is CivilStatus.TNI_POLRI_ACTIVE:
        evidence = joined(f"{STATUSES[record.status]}, yang hanya boleh pada instansi pusat tertentu", remark)
        return put(_NAME, Verdict.NEEDS_REVIEW, evidence, rule, rules, "surat pengunduran diri dari dinas aktif")
    if record.status is CivilStatus.TNI_POLRI_RESIGNED:
        facts = _resigned(record, asked, rules)
        return _weighed(STATUSES[record.status], facts, remark, rule, rules, best=Verdict.MET)
    if not law.open_to_outsiders(asked.level, rules):
        evidence = joined(f"{STATUSES[record.status]}; JPT {asked.level} hanya terbuka bagi PNS", remark)
        return put(_NAME, Verdict.NOT_MET, evidence, rule, rules, "status PNS")
    facts = _outsider(record, asked, present, rules)
    closed = joined(remark, "bidang jabatan yang tertutup bagi non-PNS diperiksa verifikator")
    return _weighed(STATUSES[record.status], facts, closed, rule, rules, best=Verdict.NEEDS_REVIEW)


def number_kind(record: CandidateRecord) -> NumberKind:
    """Whose number the applicant's is: a PPPK's where he says that he is no PNS."""
    return NumberKind.PPPK if record.status is CivilStatus.NON_PNS else NumberKind.PNS


def _rule(status: CivilStatus | None, level: str) -> str:
    if status in (CivilStatus.TNI_POLRI_RESIGNED, CivilStatus.TNI_POLRI_ACTIVE):
        return f"candidate.tni_polri_resigned.max_age.{level}"
    return "candidate.nonpns_allowed.pratama" if level == "pratama" else "candidate.nonpns.document"


def _by_number(record: CandidateRecord, asked: Requirements, rule: str, rules: RuleSet) -> RequirementResult:
    """Nobody stated a status: a sound number of a PNS speaks for itself, anything else needs a person."""
    if not record.nip or asked.reference is None:
        return unknown(_NAME, rule, rules, "status kepegawaian")
    remarks = _number_remarks(record, asked, rules)
    if remarks:
        return put(_NAME, Verdict.NEEDS_REVIEW, joined(*remarks), rule, rules, "nyatakan status kepegawaian")
    return put(_NAME, Verdict.MET, "PNS menurut susunan nomor induknya", rule, rules, "")


def _number_remarks(record: CandidateRecord, asked: Requirements, rules: RuleSet) -> list[str]:
    if not record.nip or asked.reference is None:
        return []
    declared = Declared(record.birth_date, record.entered_on, record.sex)
    nip = parse_nip(record.nip, asked.reference, rules, declared, kind=number_kind(record))
    return [finding.message for finding in nip_findings(nip, rules)]


def _weighed(who: str, facts: Facts, remark: str, rule: str, rules: RuleSet, *, best: Verdict) -> RequirementResult:
    """One condition that is false fails, one that is unknown needs a person; else the best that can be said."""
    failing = [words for words, holds in facts.items() if holds is False]
    open_ones = [words for words, holds in facts.items() if holds is None]
    evidence = joined(
        who,
        f"tidak terpenuhi: {', '.join(failing)}" if failing else "",
        f"belum dinyatakan: {', '.join(open_ones)}" if open_ones else "",
        f"terpenuhi: {', '.join(words for words, holds in facts.items() if holds)}" if any(facts.values()) else "",
        remark,
    )
    verdict = Verdict.NOT_MET if failing else Verdict.NEEDS_REVIEW if open_ones else best
    return put(_NAME, verdict, evidence, rule, rules, f"bukti {', '.join(failing or open_ones or ['bidang jabatan'])}")


def _resigned(record: CandidateRecord, asked: Requirements, rules: RuleSet) -> Facts:
    lowest, oldest = law.resigned_education(asked.level, rules), law.resigned_max_age(asked.level, rules)
    return {
        f"pendidikan paling rendah {lowest.label}": _educated(record, lowest),
        f"umur paling tinggi {oldest} tahun": _within(record, asked, oldest, rules),
    }


def _outsider(record: CandidateRecord, asked: Requirements, present: Collection[str], rules: RuleSet) -> Facts:
    lowest, oldest = law.outsider_education(rules), law.outsider_max_age(rules)
    years, standing, code = law.outsider_experience(asked.level, rules), record.standing, law.outsider_document(rules)
    facts: dict[str, bool | None] = {
        f"persetujuan Presiden (dokumen {code})": code in present,
        f"pendidikan paling rendah {lowest.label}": _educated(record, lowest),
        f"umur paling tinggi {oldest} tahun": _within(record, asked, oldest, rules),
        "tidak menjadi anggota atau pengurus partai politik": _party_free(record, asked.reference, rules),
        "tidak pernah dipidana penjara": _never(standing.imprisoned),
        "tidak pernah diberhentikan tidak dengan hormat": _never(standing.dishonourably_dismissed),
    }
    if years is not None:
        facts[f"pengalaman paling singkat {years} tahun"] = _experienced(record, years)
    return facts


def _educated(record: CandidateRecord, lowest: Education) -> bool | None:
    return None if record.education is None else record.education >= lowest


def _experienced(record: CandidateRecord, years: int) -> bool | None:
    if record.experience_years is None:
        return None
    return record.experience_years * _MONTHS_A_YEAR + record.experience_months >= years * _MONTHS_A_YEAR


def _within(record: CandidateRecord, asked: Requirements, oldest: int, rules: RuleSet) -> bool | None:
    on = counted_on(asked, rules)
    if record.birth_date is None or on is None or record.birth_date > on:
        return None
    return on <= law.last_day_in_age(record.birth_date, oldest, rules)


def _party_free(record: CandidateRecord, registration: date | None, rules: RuleSet) -> bool | None:
    """In no party, or out of it for long enough on the day of registration."""
    standing = record.standing
    if standing.party_left_on is not None and registration is not None:
        return standing.party_left_on <= law.party_free_since(registration, rules)
    return None if standing.party_left_on is not None else _never(standing.party_member)


def _never(stated: bool | None) -> bool | None:
    return None if stated is None else not stated
