"""Pinned rule sets: the merged set by hash, as a case keeps it."""

from datetime import date

from sqlmodel import Session

import regulations
from domain.refusals import Refused
from domain.rules import RuleSet
from records.tables import PinnedRules


def pin(session: Session, rules: RuleSet) -> str:
    """Store a rule set under its hash, once; the hash is what cases refer to."""
    if session.get(PinnedRules, rules.sha256) is None:
        session.add(PinnedRules(sha256=rules.sha256, ruleset_id=rules.id, body=rules.to_mapping()))
        session.flush()
    return rules.sha256


def pinned(session: Session, sha256: str) -> RuleSet:
    """The rule set of that hash.

    Raises:
        Refused: `unknown-rules`.
    """
    row = session.get(PinnedRules, sha256)
    if row is None:
        raise Refused("unknown-rules", sha256=sha256)
    return RuleSet.from_mapping(row.body)


def adoptable(session: Session, sha256: str) -> RuleSet:
    """A pinned rule set of that hash, or one that ships with this release, pinned by this.

    Raises:
        Refused: `unknown-rules`.
    """
    for ruleset_id in regulations.available():
        rules = regulations.load(ruleset_id)
        if rules.sha256 == sha256:
            pin(session, rules)
    return pinned(session, sha256)


def in_force(day: date, ruleset_id: str | None = None) -> RuleSet:
    """The rule set that a plan names, or the one in force on a day."""
    return regulations.load(ruleset_id) if ruleset_id else regulations.in_force_on(day)
