"""Applications: for how many posts, with which files, and with whose recommendation."""

from collections.abc import Sequence
from typing import Final

from domain.rulebook import applies
from domain.rules import RuleSet
from domain.switches import Switch

PPK_RECOMMENDATION: Final = "ppk_recommendation"
PHOTO: Final = "photo"


@applies("application.max_posts_per_person")
def most_posts(rules: RuleSet) -> int:
    """For how many posts of one round a person may apply (practice: one; some rounds allow two)."""
    return rules.integer("application.max_posts_per_person")


def may_apply_again(posts: int, rules: RuleSet) -> bool:
    """Whether somebody with applications for that many posts of the round, withdrawn ones apart, may apply for one
    more."""
    return posts < most_posts(rules)


@applies("upload.allowed_types", "upload.photo_types")
def upload_types(code: str, rules: RuleSet) -> tuple[str, ...]:
    """The types a document may have, as file endings: the photo's own, else those of any document (practice).

    A rule set pinned before the switch `selection.whole-law` takes a photo in any of them.
    """
    return rules.items(upload_types_rule(code, rules))


def upload_types_rule(code: str, rules: RuleSet) -> str:
    """Which rule states the types a document may have: the photo has its own."""
    photo = code == PHOTO and rules.switched(Switch.WHOLE_SELECTION)
    return "upload.photo_types" if photo else "upload.allowed_types"


@applies("upload.max_bytes")
def largest_file(rules: RuleSet) -> int:
    """How many bytes one file may have, that many included (practice)."""
    return rules.integer("upload.max_bytes")


@applies("selter.upload.max_bytes_total")
def largest_application(rules: RuleSet) -> int:
    """How many bytes the present files of one application may have together, that many included (Selter's choice)."""
    return rules.integer("selter.upload.max_bytes_total")


@applies("application.ppk_recommendation_required")
def required_documents(asked: Sequence[str], rules: RuleSet) -> tuple[str, ...]:
    """The codes of the documents an applicant must give: those the post asks for, and his own PPK's recommendation.

    Nobody applies without that written recommendation (PP 11/2017 Pasal 118 ayat (2)).
    """
    added = rules.flag("application.ppk_recommendation_required") and PPK_RECOMMENDATION not in asked
    return (*asked, PPK_RECOMMENDATION) if added else tuple(asked)
