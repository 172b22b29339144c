"""Small journals of a selection: two vacancies, of which one (the first, unless named) goes its way."""

from typing import Any, Final

from stories import DAY, HOUR, START, Story, clock

from domain.words import CaseKind

CLOSES: Final = START + 15 * DAY
WINDOW_RULE: Final = "announcement.min_calendar_days"


def draft(**origin: Any) -> Story:
    """A round that is planned."""
    return Story(CaseKind.SELECTION, origin).then("open")


def published() -> Story:
    """Two vacancies are announced; the second also needs the governor. Both windows close on the same day."""
    windows = [clock(f"window/{v}", CLOSES, WINDOW_RULE, subject=v, remind_at=CLOSES - 3 * DAY) for v in ("v1", "v2")]
    vacancies = [{"id": "v1", "needs": ["appointment"]}, {"id": "v2", "needs": ["appointment", "governor"]}]
    return draft().then("publish", rules_sha256="sha", vacancies=vacancies, set=windows)


def window_over(story: Story, vacancy: str, applicants: int = 5, *, enough: bool = True) -> Story:
    """The window of a vacancy runs out."""
    key, at = f"window/{vacancy}", max(CLOSES, story.last + HOUR)
    return story.falls_due(key, vacancy, at=at, applicants=applicants, enough=enough, lift=[key])


def in_screening(vacancy: str = "v1") -> Story:
    """The vacancy has left the announcement."""
    return window_over(published(), vacancy).then("advance", vacancy)


def in_assessment(vacancy: str = "v1") -> Story:
    """The vacancy's candidates are assessed."""
    return in_screening(vacancy).then("announce_result", vacancy).then("advance", vacancy)


def in_interview(vacancy: str = "v1") -> Story:
    """The vacancy's candidates are interviewed."""
    return in_assessment(vacancy).then("open_seals", vacancy).then("announce_result", vacancy).then("advance", vacancy)


def in_appointment(vacancy: str = "v1") -> Story:
    """The vacancy's names are about to be fixed; two members sign the minutes."""
    scored = in_interview(vacancy).then("open_seals", vacancy).then("announce_result", vacancy)
    return scored.then("advance", vacancy, minutes={vacancy: "d1"}, signers={vacancy: ["m1", "m2"]})


def shortlisted(vacancy: str = "v1") -> Story:
    """Both members have signed and the three names are with the PPK."""
    signed = (
        in_appointment(vacancy)
        .then("sign_minutes", vacancy, person_id="m1")
        .then("sign_minutes", vacancy, person_id="m2")
    )
    return signed.then("submit_shortlist", vacancy)


def chosen(vacancy: str = "v1") -> Story:
    """The PPK has chosen one name."""
    return shortlisted(vacancy).then("choose", vacancy, application_id="x1")


def decreed(vacancy: str = "v1") -> Story:
    """The clearance is in and the decree is issued."""
    return (
        chosen(vacancy)
        .then("record_clearance", vacancy, kind="appointment")
        .then("issue_decree", vacancy, decree={vacancy: "k1"})
    )


def inaugurated(vacancy: str = "v1") -> Story:
    """The vacancy is filled."""
    return decreed(vacancy).then("record_inauguration", vacancy, inaugurated_on="2027-06-01")
