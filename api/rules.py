"""The rules that hold for an agency, and what it chooses where the law leaves a choice."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.agencies import keeper
from api.idempotency import OnceKey, Reply, write
from api.problems import problems
from api.security import SignedIn
from api.services import Parts
from api.shapes import Body, LetterNumber, Line
from domain.refusals import Refused
from domain.rules import Confidence, Enforcement, Rule
from records import rules as rule_sets
from records.audit import Writer
from records.people import get_agency
from records.tables import RuleOverlay

router = APIRouter(prefix="/api/v1", tags=["agencies"])

_Value = bool | int | str | list[str] | None
_ID = r"^[a-z0-9][a-z0-9.-]{2,63}$"


class RuleOut(BaseModel):
    """A rule as it holds for the agency."""

    rule: str
    value: _Value = Field(description="decimals as text; null where the law sets no limit")
    enforcement: Enforcement
    confidence: Confidence
    citation: str
    choices: list[str]
    agency_may_choose: bool
    overlay: str = Field(description="who changed it; empty where it stands as in its regulation")
    reason: str


class RulesOut(BaseModel):
    """The merged rule set; `sha256` is what the act `adopt_rules` names."""

    ruleset: str
    title: str
    overlays: list[str]
    sha256: str
    rules: list[RuleOut]


class ChangeIn(Body):
    """What the agency chooses for one rule; leave out what stays as it is."""

    value: _Value = None
    enforcement: Enforcement | None = None
    reason: Annotated[str, Field(max_length=500)] = ""


class OverlayIn(Body):
    """An agency's choice, by its own decree. A later one takes the place of an earlier one on its first day."""

    id: Annotated[str, Field(pattern=_ID, examples=["tirta-wening-2026"])]
    title: Line
    extends: Annotated[str, Field(max_length=40, examples=["id-pns-2020"])]
    basis: LetterNumber
    valid_from: date
    valid_to: date | None = None
    changes: Annotated[
        dict[str, ChangeIn],
        Field(max_length=200, examples=[{"applicants.min_per_post": {"value": 3, "reason": "Kabupaten kepulauan"}}]),
    ]

    def mapping(self) -> dict[str, Any]:
        """As `domain.overlays` reads it: only what was given."""
        given = self.model_dump(mode="json", exclude_unset=True)
        return {**given, "kind": "agency"}


class OverlayOut(BaseModel):
    """An overlay as entered."""

    id: str
    kind: Literal["agency"] = "agency"
    extends: str
    valid_from: date
    valid_to: date | None
    entered_at: datetime
    body: dict[str, Any]


class EnteredOut(OverlayOut):
    """An overlay with the hash of the rule set it makes."""

    rules_sha256: str


@router.get("/agencies/{agency_id}/rules", responses=problems(401, 404, 422))
def read_rules(
    services: Parts,
    caller: SignedIn,
    agency_id: str,
    on: Annotated[date | None, Query(description="a local date; default: today")] = None,
) -> RulesOut:
    """Every rule that holds for the agency on a day, with its article and whether the agency may choose."""
    if not caller.knows(agency_id):
        raise Refused("unknown-agency")
    with services.database.read() as session:
        get_agency(session, agency_id)
        rules = rule_sets.in_force(session, agency_id, on or caller.at.date())
    return RulesOut(
        ruleset=rules.id,
        title=rules.title,
        overlays=list(rules.overlays),
        sha256=rules.sha256,
        rules=[_rule(rule) for rule in rules.rules.values()],
    )


@router.get("/agencies/{agency_id}/rule-overlays", responses=problems(401, 404))
def list_overlays(services: Parts, caller: SignedIn, agency_id: str) -> list[OverlayOut]:
    """What the agency has chosen so far, the newest first."""
    if not caller.knows(agency_id):
        raise Refused("unknown-agency")
    with services.database.read() as session:
        return [OverlayOut(**_overlay(row)) for row in rule_sets.overlays_of(session, agency_id)]


@router.post(
    "/agencies/{agency_id}/rule-overlays",
    status_code=201,
    response_model=EnteredOut,
    responses=problems(401, 403, 404, 409, 422),
)
def enter_overlay(services: Parts, caller: SignedIn, key: OnceKey, agency_id: str, body: OverlayIn) -> JSONResponse:
    """Enter the agency's choice (secretariat, administrator). Open cases keep what they pinned until `adopt_rules`."""
    author = caller.author(keeper(caller, agency_id, "enter_overlay"))

    def work(writer: Writer) -> Reply:
        row, merged = rule_sets.enter_overlay(writer, agency_id, body.mapping(), caller.at, author)
        return Reply(201, EnteredOut(**_overlay(row), rules_sha256=merged.sha256))

    return write(services, caller.id, key, work)


def _overlay(row: RuleOverlay) -> dict[str, Any]:
    return {
        "id": row.name,
        "extends": row.ruleset_id,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "entered_at": row.entered_at,
        "body": row.body,
    }


def _rule(rule: Rule) -> RuleOut:
    value = str(rule.value) if isinstance(rule.value, Decimal) else rule.value
    return RuleOut(
        rule=rule.id,
        value=list(value) if isinstance(value, tuple) else value,
        enforcement=rule.enforcement,
        confidence=rule.confidence,
        citation=rule.citation,
        choices=list(rule.choices),
        agency_may_choose=not rule.settled,
        overlay=rule.overlay,
        reason=rule.reason,
    )
