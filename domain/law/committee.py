"""Those who judge: declarations, integrity pacts, who may score, how many verifiers and sheets a decision needs."""

from collections import Counter
from collections.abc import Collection, Sequence

from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import Role, Verdict


@applies("committee.coi_declaration_per_candidate")
def may_judge(rules: RuleSet, *, declared: bool) -> bool:
    """Whether somebody may judge a candidate, having declared that nothing binds him to this one or not.

    It follows from the duty to declare a conflict of interest (UU 30/2014 Pasal 42-45).
    """
    return declared or not rules.flag("committee.coi_declaration_per_candidate")


@applies("committee.pakta_integritas_required")
def without_pact(members: Sequence[str], signed: Collection[str], rules: RuleSet) -> tuple[str, ...]:
    """The members who still have to sign the integrity pact (practice; Peraturan KASN 4/2017), in the given order."""
    if not rules.flag("committee.pakta_integritas_required"):
        return ()
    return tuple(member for member in members if member not in signed)


@applies("secretariat.may_score")
def may_score(role: Role, rules: RuleSet) -> bool:
    """Whether a role is no hindrance to scoring: the secretariat supports only (PP 11/2017 Pasal 116).

    Who runs the installation never scores, whatever the rule says.
    """
    if role is Role.ADMIN:
        return False
    return role is not Role.SECRETARIAT or rules.flag("secretariat.may_score")


@applies("selter.screening.verifiers")
def needed_verifiers(rules: RuleSet) -> int:
    """How many verifiers must agree on a requirement before it is decided (Selter's choice)."""
    return rules.integer("selter.screening.verifiers")


def agreed_verdict(verdicts: Sequence[Verdict], rules: RuleSet) -> Verdict:
    """The verdict on which enough verifiers agree, and more than disagree; otherwise it stays `needs_review`."""
    counts = Counter(verdicts).most_common(2)
    if not counts or counts[0][1] < needed_verifiers(rules):
        return Verdict.NEEDS_REVIEW
    tied = len(counts) > 1 and counts[1][1] == counts[0][1]
    return Verdict.NEEDS_REVIEW if tied else counts[0][0]


@applies("selter.assessors.min_sheets")
def missing_sheets(due: int, sealed: int, rules: RuleSet) -> int:
    """How many sheets on one component of one candidate are still missing before the seals may be opened.

    Each assessor on duty (`due`) gives one, and there is a least number whoever is on duty (Selter's choice).
    """
    return max(due, rules.integer("selter.assessors.min_sheets")) - sealed
