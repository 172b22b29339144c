"""The announcement and its window: who signs, how many applicants are enough, how often the window is extended."""

from enum import StrEnum

from domain.rulebook import applies
from domain.rules import RuleSet


class Signer(StrEnum):
    """Who may sign the announcement (PP 11/2017 Pasal 117 ayat (5))."""

    CHAIR = "chair"
    SECRETARIAT_HEAD = "secretariat_head_on_behalf"  # atas nama ketua panitia


class Basis(StrEnum):
    """Which applicants count towards the minimum; no text settles it."""

    SUBMITTED = "submitted"
    PASSED_ADMIN = "passed_admin"


class LastResort(StrEnum):
    """What is left when no further extension is allowed and applicants are still too few."""

    REPORT = "report_to_supervisor"
    CANCEL_POST = "cancel_post"


@applies("announcement.signers")
def may_sign_announcement(signer: Signer, rules: RuleSet) -> bool:
    """Whether an announcement or an extension signed so is valid (PP 11/2017 Pasal 117 ayat (5))."""
    return signer in rules.items("announcement.signers")


@applies("applicants.min_per_post")
def minimum_applicants(stated: int | None, rules: RuleSet) -> int:
    """How many applicants a post needs: what the plan states, else what practice asks."""
    return stated or rules.integer("applicants.min_per_post")


@applies("applicants.min_basis")
def counted_applicants(submitted: int, passed: int | None, rules: RuleSet) -> int:
    """How many applicants count towards the minimum: those who submitted, or those who passed the screening.

    Before the screening (`passed` is None) all who submitted may still pass, so they count on either basis.
    """
    if passed is None or Basis(rules.text("applicants.min_basis")) is Basis.SUBMITTED:
        return submitted
    return passed


@applies("extension.max_times")
def most_extensions(rules: RuleSet) -> int:
    """How often the window may be extended (practice)."""
    return rules.integer("extension.max_times")


def may_extend(extensions: int, rules: RuleSet) -> bool:
    """Whether a window that was extended that many times may be extended once more."""
    return extensions < most_extensions(rules)


@applies("extension.then")
def after_last_extension(rules: RuleSet) -> tuple[LastResort, ...]:
    """What may follow the last extension (practice); the rule joins the ways by `_or_`.

    Raises:
        ValueError: the rule names a way that is not known.
    """
    return tuple(LastResort(way) for way in rules.text("extension.then").split("_or_"))
