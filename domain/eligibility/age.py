"""Age on the reference date, and the service that remains until retirement."""

from dataclasses import dataclass
from datetime import date

from domain.dates import span_between
from domain.eligibility import law
from domain.eligibility.record import CandidateRecord, CivilStatus, PositionKind, RequirementResult, Requirements
from domain.eligibility.results import joined, judged, put, unknown
from domain.labels import POSITIONS, tanggal
from domain.rules import RuleSet
from domain.words import VacancyKind, Verdict


@dataclass(frozen=True)
class _Limit:
    """A highest age with its rule. `sure` is false where it rests on a fact that nobody stated."""

    years: int
    rule: str
    remark: str = ""
    sure: bool = True


def counted_on(asked: Requirements, rules: RuleSet) -> date | None:
    """The day on which ages are counted: the announced one, else by practice; None where it is not known."""
    return asked.age_reference or law.age_reference(asked.as_of, asked.inauguration, rules)


def age(record: CandidateRecord, asked: Requirements, max_age: int, rules: RuleSet) -> RequirementResult:
    """Whether the applicant is within the age limit that holds for him, as of the reference date.

    A soldier or police officer who has resigned and who is no PNS have limits of their own. For a regional secretary's
    post a limit above Pasal 107 holds only for who is a JPT pratama on that day.
    """
    rule, on = f"candidate.{asked.level}.max_age", counted_on(asked, rules)
    if record.birth_date is None or on is None or record.birth_date > on:
        return unknown("max_age", rule, rules, _missing(record, on))
    limit = _limit(record, asked, max_age, on, rules)
    last = law.last_day_in_age(record.birth_date, limit.years, rules)
    evidence = joined(
        f"lahir {tanggal(record.birth_date)}; umur {span_between(record.birth_date, on)} pada {tanggal(on)}",
        f"paling tinggi {limit.years} tahun",
        limit.remark,
    )
    satisfy = f"tanggal acuan paling lambat {tanggal(last)}"
    if limit.sure or on <= last:
        return judged("max_age", on <= last, evidence, limit.rule, rules, satisfy)
    within_the_higher = on <= law.last_day_in_age(record.birth_date, min(max_age, law.sekda_max_age(rules)), rules)
    verdict = Verdict.NEEDS_REVIEW if within_the_higher else Verdict.NOT_MET
    return put("max_age", verdict, evidence, limit.rule, rules, f"{satisfy}, atau SK JPT pratama yang masih berlaku")


def _missing(record: CandidateRecord, on: date | None) -> str:
    """What keeps an age from being counted."""
    if record.birth_date is None:
        return "tanggal lahir"
    if on is None:
        return "tanggal acuan umur"
    return f"tanggal lahir yang masuk akal (tertulis {tanggal(record.birth_date)})"


def _limit(record: CandidateRecord, asked: Requirements, max_age: int, on: date, rules: RuleSet) -> _Limit:
    if record.status is CivilStatus.TNI_POLRI_RESIGNED:
        own = law.resigned_max_age(asked.level, rules)
        rule = f"candidate.tni_polri_resigned.max_age.{asked.level}"
        return _Limit(min(max_age, own), rule, f"bagi mantan prajurit TNI/anggota Polri paling tinggi {own} tahun")
    if record.status is CivilStatus.NON_PNS:
        own = law.outsider_max_age(rules)
        return _Limit(min(max_age, own), "candidate.nonpns.max_age", f"bagi non-PNS paling tinggi {own} tahun")
    if asked.kind is VacancyKind.SEKDA and max_age > law.max_age(asked.level, rules):
        return _sekda_limit(record, asked, max_age, on, rules)
    return _Limit(max_age, f"candidate.{asked.level}.max_age")


def _sekda_limit(record: CandidateRecord, asked: Requirements, max_age: int, on: date, rules: RuleSet) -> _Limit:
    usual, rule = law.max_age(asked.level, rules), "candidate.sekda.max_age_override"
    higher = min(max_age, law.sekda_max_age(rules))
    held = any(p.kind is PositionKind.JPT_PRATAMA and p.definitive and p.held_on(on) for p in record.positions)
    if held:
        return _Limit(higher, rule, "pelamar menduduki JPT pratama")
    stated = bool(record.positions)
    remark = f"{higher} tahun hanya bagi pelamar yang menduduki JPT pratama"
    return _Limit(usual, rule, joined(remark, "" if stated else "riwayat jabatan belum dinyatakan"), sure=stated)


def remaining_service(record: CandidateRecord, asked: Requirements, months: int, rules: RuleSet) -> RequirementResult:
    """Whether enough months remain, on the age's reference date, until the retirement age of the post applied for.

    Who has reached the retirement age of the post he holds is a person's matter: he may have retired already.
    """
    name, rule, on = "remaining_service", "candidate.min_remaining_service_months", counted_on(asked, rules)
    if record.birth_date is None or on is None or record.birth_date > on:
        return unknown(name, rule, rules, _missing(record, on))
    post = PositionKind(f"jpt_{asked.level}")
    left, last = law.months_to_serve(record.birth_date, post, on, rules), law.retires_on(record.birth_date, post, rules)
    if left is None or last is None:
        return unknown(name, rule, rules, "batas usia pensiun")
    evidence = f"batas usia pensiun {POSITIONS[post]} tercapai {tanggal(last)}; sisa {left} bulan sejak {tanggal(on)}"
    evidence = f"{evidence}; paling singkat {months} bulan"
    past = _past_retirement(record, on, rules)
    if past and left >= months:
        return put(name, Verdict.NEEDS_REVIEW, joined(evidence, past), rule, rules, "SK pensiun atau perpanjangannya")
    return judged(name, left >= months, joined(evidence, past), rule, rules, f"sisa masa kerja {months} bulan")


def _past_retirement(record: CandidateRecord, on: date, rules: RuleSet) -> str:
    """Names a post held on that day whose retirement age is reached."""
    held = (p for p in record.positions if p.definitive and p.held_on(on))
    for position in held:
        last = law.retires_on(record.birth_date, position.kind, rules) if record.birth_date else None
        if last is not None and last <= on:
            return f"batas usia pensiun jabatan sekarang ({POSITIONS[position.kind]}) sudah tercapai {tanggal(last)}"
    return ""
