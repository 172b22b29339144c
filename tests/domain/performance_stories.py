"""Small journals of an office term, a contract year and a demotion review."""

from datetime import datetime
from typing import Any, Final

from stories import DAY, START, Story, clock

from domain.words import CaseKind

# -- an office term ----------------------------------------------------------------------------------------------

TENURE_ENDS: Final = START + 1500 * DAY
RETIRES: Final = START + 2500 * DAY
AGE_RULE: Final = "retirement.jpt_pratama"
TENURE_RULE: Final = "tenure.max_years"


def term() -> Story:
    """An official inaugurated on 1 June 2027 whose tenure ends on 31 May 2032, a year before he retires."""
    origin = {"rules_sha256": "sha", "inaugurated_on": "2027-06-01", "tenure_until": "2032-05-31"}
    clocks = [
        clock("tenure", TENURE_ENDS, TENURE_RULE, remind_at=TENURE_ENDS - 180 * DAY),
        clock("retirement", RETIRES, AGE_RULE, remind_at=RETIRES - 365 * DAY),
        clock("contract/2028", START + 360 * DAY, "skp.set_month"),
    ]
    return Story(CaseKind.TERM, origin).then("open_term", set=clocks)


# -- a contract year ---------------------------------------------------------------------------------------------

RATING_FROM: Final = START + 365 * DAY
OBJECTION_UNTIL: Final = RATING_FROM + 24 * DAY
QUARTERS: Final = (3, 4)


def drafted(**origin: Any) -> Story:
    """A first contract year, of two quarters, called for signature."""
    born = {
        "rules_sha256": "sha",
        "term_id": "t",
        "year": 2027,
        "inaugurated_on": "2027-06-01",
        "period_start": "2027-06-01",
        "period_end": "2027-12-31",
        "rating_from": RATING_FROM.isoformat(),
        "quarters": list(QUARTERS),
    }
    clocks = [
        clock("sign", START + 30 * DAY, "pk.sign"),
        clock("check_in/Q3", START + 280 * DAY, "check_in", remind_at=START + 270 * DAY),
        clock("check_in/Q4", START + 370 * DAY, "check_in", remind_at=START + 360 * DAY),
        clock("rating", RATING_FROM, "assessment.window"),
    ]
    return Story(CaseKind.CONTRACT, born | origin).then("open_contract", set=clocks)


def signed() -> Story:
    """Both parties have signed."""
    return drafted().then("sign", role="official", version=1).then("sign", role="superior", version=1, lift=["sign"])


def verified() -> Story:
    """Both quarters are verified and the rating is open."""
    story = signed()
    for quarter in QUARTERS:
        story = story.then("verify_check_in", quarter=quarter, lift=[f"check_in/Q{quarter}"])
    due = clock("rate", RATING_FROM + 31 * DAY, "assessment.window")
    return story.falls_due("rating", at=RATING_FROM, lift=["rating"], set=[due])


def rated(rating: str = "poor") -> Story:
    """The superior has rated the year."""
    until = clock("objection", OBJECTION_UNTIL, "assessment.objection_days")
    return verified().then(
        "rate", rating=rating, objection_until=OBJECTION_UNTIL.isoformat(), lift=["rate"], set=[until]
    )


def objected() -> Story:
    """The official has objected to his rating."""
    due = clock("decide_objection", OBJECTION_UNTIL + 14 * DAY, "assessment.objection_days")
    return rated().then("object", lift=["objection"], set=[due])


# -- a demotion review -------------------------------------------------------------------------------------------

IMPROVES_UNTIL: Final = START + 190 * DAY
DECIDES_FROM: Final = START + 220 * DAY
OBJECTS_UNTIL: Final = START + 260 * DAY
DECIDED_BY: Final = START + 290 * DAY
LATER: Final = START + 230 * DAY  # the notice before the decision has run


def review(*needs: str) -> Story:
    """A review opened by a final rating; a move needs these clearances."""
    return Story(CaseKind.REVIEW, {"rules_sha256": "sha", "term_id": "t", "needs": list(needs)}).then("open_review")


def notified(*needs: str) -> Story:
    """The improvement notice is issued and not yet delivered."""
    return review(*needs).then("notify", notice="n1")


def improving(*needs: str) -> Story:
    """Notice delivered, plan set: the six months run."""
    ends = clock("improvement", IMPROVES_UNTIL, "demotion.improvement_months", remind_at=IMPROVES_UNTIL - 30 * DAY)
    told = notified(*needs).then(
        "confirm_delivery", document_id="n1", improvement_until=IMPROVES_UNTIL.isoformat(), set=[ends]
    )
    return told.then("set_plan", plan_id="p1", coaching_dates=["2027-02-10", "2027-05-10"])


def evaluated(*needs: str) -> Story:
    """The six months have passed and the performance has not improved."""
    passed = improving(*needs).falls_due("improvement", at=IMPROVES_UNTIL)
    return passed.then("evaluate", improved=False, evaluated_on="2027-07-14", lift=["improvement"])


def retested(*needs: str) -> Story:
    """The retest is held."""
    return evaluated(*needs).then("record_retest")


def proposed(*needs: str) -> Story:
    """The team's opinion and the proposal are in."""
    return retested(*needs).then("record_opinion").then("propose", proposal="lower_post")


def invited(*needs: str) -> Story:
    """The notice before the decision is issued with the invitation to be heard, and not yet delivered."""
    return proposed(*needs).then("notice_hearing", hearing_notice="h1", hearing_at="2027-08-01T02:00:00+00:00")


def heard(*needs: str) -> Story:
    """The notice is delivered and the official heard."""
    told = invited(*needs).then("confirm_delivery", document_id="h1", decide_from=DECIDES_FROM.isoformat())
    return told.then("record_hearing")


def decided(outcome: str = "lower_post", *needs: str) -> Story:
    """The PPK has decided; the decision is on its way."""
    story = heard(*needs)
    for kind in needs:
        story = story.then("record_clearance", kind=kind)
    target = {} if outcome == "stay" else {"target_post_id": "post"}
    due = clock("delivery", LATER + 5 * DAY, "decision.delivery_working_days")
    return story.then("decide", at=LATER, outcome=outcome, decision="d1", set=[due], **target)


def delivered(outcome: str = "lower_post") -> Story:
    """The decision has reached the official."""
    if outcome == "stay":
        return decided(outcome).then("confirm_delivery", document_id="d1", lift=["delivery"])
    until = clock("objection", OBJECTS_UNTIL, "appeal.keberatan.file_working_days")
    return decided(outcome).then(
        "confirm_delivery",
        document_id="d1",
        objection_until=OBJECTS_UNTIL.isoformat(),
        lift=["delivery"],
        set=[until],
    )


def contested() -> Story:
    """The official objects to the decision."""
    due = clock("decide_objection", DECIDED_BY, "appeal.keberatan.decide_working_days")
    return delivered().then("object", decide_by=DECIDED_BY.isoformat(), lift=["objection"], set=[due])


def executed(story: Story | None = None, at: datetime | None = None) -> Story:
    """The decision is carried out."""
    return (story or delivered()).then("execute", at=at, effective_on="2027-09-01")
