"""Every requirement of a vacancy put to an applicant's record, in the order of the announcement."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from domain.eligibility import age, conduct, earlier, law, papers, service, status
from domain.eligibility.record import CandidateRecord, RequirementResult, Requirements
from domain.law.application import PPK_RECOMMENDATION
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet
from domain.switches import Switch
from domain.words import Verdict

_ONE_FAILS: Final = "application.one_tms_fails"
_RECOMMENDATION: Final = "application.ppk_recommendation_required"


@applies("application.ppk_recommendation_required")
def screen(
    record: CandidateRecord, requirements: Requirements, documents_present: Collection[str], rules: RuleSet
) -> tuple[RequirementResult, ...]:
    """Every requirement that the vacancy states, in the order of the announcement, then each document.

    Whether a row is there depends on the vacancy and the rules, never on the applicant.
    """
    if not rules.switched(Switch.WHOLE_RECORD):
        return tuple(_screened_earlier(record, requirements, documents_present, rules))
    results = _screened(record, requirements, documents_present, rules)
    return tuple(papers.waived(result, record, documents_present, rules) for result in results)


def proposed(results: Sequence[RequirementResult], rules: RuleSet) -> Verdict:
    """The verdict on the whole: what fails the applicant, else what a person must still look at."""
    verdicts = {result.verdict for result in results}
    if fails(((result.rule, result.verdict) for result in results), rules):
        return Verdict.NOT_MET
    return Verdict.NEEDS_REVIEW if Verdict.NEEDS_REVIEW in verdicts else Verdict.MET


@applies("application.one_tms_fails")
def fails(verdicts: Iterable[tuple[str, Verdict]], rules: RuleSet) -> bool:
    """Whether requirements that are not met, each given with its rule, fail the applicant.

    One is enough (practice). Where an agency decided otherwise, only those fail that rest on a rule that blocks.
    """
    missed = [rule for rule, verdict in verdicts if verdict is Verdict.NOT_MET]
    if rules.flag(_ONE_FAILS):
        return bool(missed)
    return any(rule != _ONE_FAILS and rules.rule(rule).enforcement is Enforcement.BLOCK for rule in missed)


def _screened(
    record: CandidateRecord, asked: Requirements, present: Collection[str], rules: RuleSet
) -> Iterator[RequirementResult]:
    yield status.civil_status(record, asked, present, rules)
    if asked.max_age is not None:
        yield age.age(record, asked, asked.max_age, rules)
    yield from _of_papers(record, asked, rules)
    if asked.experience_years is not None:
        yield service.experience(record, asked, asked.experience_years, rules)
    if asked.feeder_years is not None:
        yield service.feeder(record, asked, asked.feeder_years, rules)
    if asked.min_rating is not None:
        yield conduct.ratings(record, asked, asked.min_rating, rules)
    if asked.clean_discipline:
        yield conduct.discipline(record, asked, rules)
    if asked.min_remaining_service_months is not None:
        yield age.remaining_service(record, asked, asked.min_remaining_service_months, rules)
    if rules.flag(_RECOMMENDATION) and PPK_RECOMMENDATION not in asked.documents:
        yield papers.unasked_recommendation(present, rules)
    for code in asked.documents:
        yield papers.dated_document(code, asked, present, rules)


def _of_papers(record: CandidateRecord, asked: Requirements, rules: RuleSet) -> Iterator[RequirementResult]:
    if asked.education is not None:
        yield papers.education(record, asked, asked.education, rules)
    if asked.min_rank is not None:
        rule = law.rank_rule(asked.level, asked.kind, rules) or "candidate.min_rank.pratama"
        yield papers.rank(record, asked.min_rank, rule, rules)
    if asked.min_training is not None:
        yield papers.training(record, asked.min_training, rules)


def _screened_earlier(
    record: CandidateRecord, asked: Requirements, present: Collection[str], rules: RuleSet
) -> Iterator[RequirementResult]:
    if asked.max_age is not None:
        yield earlier.age(record, asked, asked.max_age, rules)
    yield from _of_papers(record, asked, rules)
    if asked.experience_years is not None:
        yield earlier.experience(record, asked, asked.experience_years, rules)
    if asked.feeder_years is not None:
        yield earlier.feeder(record, asked, asked.feeder_years, rules)
    if asked.min_rating is not None:
        yield earlier.ratings(record, asked, asked.min_rating, rules)
    if asked.clean_discipline:
        yield earlier.discipline(record, asked, rules)
    for code in asked.documents:
        yield papers.document(code, present, rules)
