"""How a requirement's verdict is put: with its rule, and with what is missing or would satisfy it."""

from domain.eligibility.record import RequirementResult
from domain.rules import RuleSet
from domain.words import Verdict


def judged(requirement: str, met: bool, evidence: str, rule_id: str, rules: RuleSet, satisfy: str) -> RequirementResult:
    """Met or not, by the facts that are there."""
    return put(requirement, Verdict.MET if met else Verdict.NOT_MET, evidence, rule_id, rules, satisfy)


def unknown(requirement: str, rule_id: str, rules: RuleSet, missing: str) -> RequirementResult:
    """A fact that nobody stated: a person must decide, and it is never a failure."""
    evidence = f"{missing} belum dinyatakan"
    return put(requirement, Verdict.NEEDS_REVIEW, evidence, rule_id, rules, f"nyatakan {missing}")


def put(
    requirement: str, verdict: Verdict, evidence: str, rule_id: str, rules: RuleSet, satisfy: str
) -> RequirementResult:
    """A verdict with the article of its rule; what is met needs nothing more."""
    rule = rules.rule(rule_id)
    return RequirementResult(
        requirement,
        verdict,
        evidence,
        rule_id,
        rule.citation,
        rule.confidence,
        "" if verdict is Verdict.MET else satisfy,
    )


def joined(*remarks: str) -> str:
    """Remarks as one line; empty ones are left out."""
    return "; ".join(remark for remark in remarks if remark)
