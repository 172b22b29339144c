"""Rule sets in the record: what an agency chooses, which set is in force for it, and the merged set a case pins."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

import regulations
from domain.overlays import Overlay, OverlayKind, overlaid, parse_overlay
from domain.refusals import Refused
from domain.rules import RuleSet, RuleSetError
from records.audit import Author, Writer
from records.tables import PinnedRules, RuleOverlay

_parsed: Final[dict[str, RuleSet]] = {}  # by hash, which never names another set; every act of a case asks for its set


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
    if session.exec(select(PinnedRules.sha256).where(col(PinnedRules.sha256) == sha256)).first() is None:
        raise Refused("unknown-rules", sha256=sha256)
    if sha256 not in _parsed:
        _parsed[sha256] = RuleSet.from_mapping(session.get_one(PinnedRules, sha256).body)
    return _parsed[sha256]


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


def national_on(day: date, ruleset_id: str | None = None) -> RuleSet:
    """The rule set of that id, or the one in force, with national overlays; the earliest set before all of them.

    Raises:
        Refused: `unknown-ruleset`.
    """
    if ruleset_id is not None:
        try:
            return regulations.with_national(regulations.load(ruleset_id), day)
        except KeyError:
            raise Refused("unknown-ruleset", ruleset=ruleset_id) from None
    try:
        return regulations.in_force_on(day)
    except regulations.NoRuleSetInForce:
        return regulations.earliest()


def in_force(session: Session, agency_id: str, day: date, ruleset_id: str | None = None) -> RuleSet:
    """What holds for an agency on a local date: the national rules with the agency's own choice merged in.

    Raises:
        Refused: `unknown-ruleset`; `overlay-unlawful`, where the national rules changed under the agency's choice.
    """
    rules = national_on(day, ruleset_id)
    row = _newest(session, agency_id, rules.id, day)
    if row is None:
        return rules
    try:
        return overlaid(rules, parse_overlay(row.body))
    except RuleSetError as error:  # the nation changed the rules under it: the agency must choose anew
        raise Refused("overlay-unlawful", path=error.path, problem=error.problem) from None


def overlays_of(session: Session, agency_id: str) -> Sequence[RuleOverlay]:
    """Every overlay of an agency, the newest first."""
    query = select(RuleOverlay).where(col(RuleOverlay.agency_id) == agency_id)
    return list(session.exec(query.order_by(col(RuleOverlay.valid_from).desc(), col(RuleOverlay.entered_at).desc())))


def enter_overlay(
    writer: Writer, agency_id: str, mapping: dict[str, Any], at: datetime, author: Author
) -> tuple[RuleOverlay, RuleSet]:
    """Record what an agency chooses; the merged set is pinned, so that an open case may adopt it by hash.

    Entering the same overlay again changes nothing. It never reaches back: cases keep what they pinned.

    Raises:
        Refused: `overlay-unlawful` (it chooses where the law leaves no choice, or is not well formed),
            `overlay-exists` (another overlay of that id was entered), `unknown-ruleset`.
    """
    overlay, merged = _merged(mapping)
    session = writer.session
    query = select(RuleOverlay).where(col(RuleOverlay.agency_id) == agency_id, col(RuleOverlay.name) == overlay.id)
    earlier = session.exec(query).first()
    if earlier is not None:
        if earlier.body != mapping:
            raise Refused("overlay-exists", overlay=overlay.id)
        return earlier, merged
    row = RuleOverlay(
        agency_id=agency_id,
        name=overlay.id,
        ruleset_id=overlay.extends,
        valid_from=overlay.valid_from.isoformat(),
        valid_to=overlay.valid_to.isoformat() if overlay.valid_to else None,
        body=mapping,
        entered_at=at,
    )
    session.add(row)
    sha256 = pin(session, merged)
    payload = {"overlay": mapping, "rules_sha256": sha256}
    writer.audit(agency_id, at, author, "enter_overlay", f"rules/{agency_id}", payload)
    return row, merged


def _merged(mapping: dict[str, Any]) -> tuple[Overlay, RuleSet]:
    """The overlay and what it makes of its rule set on its first day."""
    try:
        overlay = parse_overlay(mapping)
        if overlay.kind is not OverlayKind.AGENCY:
            raise RuleSetError("kind", "a national overlay comes with a release, not from an agency")
        return overlay, overlaid(national_on(overlay.valid_from, overlay.extends), overlay)
    except RuleSetError as error:
        raise Refused("overlay-unlawful", path=error.path, problem=error.problem) from None


def _newest(session: Session, agency_id: str, ruleset_id: str, day: date) -> RuleOverlay | None:
    """The overlay in force: of those that cover the day, the one that began last."""
    covers = [
        row
        for row in overlays_of(session, agency_id)
        if row.ruleset_id == ruleset_id and row.valid_from <= day.isoformat() <= (row.valid_to or "9999-12-31")
    ]
    return covers[0] if covers else None
