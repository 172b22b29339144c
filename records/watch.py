"""What an operator watches, counted in the record: four queries, however many cases there are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, func, select

from domain.case import CaseState
from records import journal
from records.tables import Document, OutboundMail

_LATE: Final = timedelta(minutes=5)  # a workflow acts on its deadlines at once; it has stopped when it has not by then


@dataclass(frozen=True)
class Counts:
    """What waits at an instant. `late` are cases whose workflow let a deadline go by without a word."""

    mails_waiting: int
    mails_dead: int
    mail_oldest: timedelta  # how long the oldest mail has waited; zero when none does
    documents_unpressed: int
    cases_open: Mapping[str, int]  # by kind of case
    deadlines_overdue: Mapping[str, int]  # by kind of deadline: what people have not done in time
    journals: Mapping[str, int]  # the last entry of each open case, by workflow id
    late: frozenset[str]


def count(session: Session, at: datetime) -> Counts:
    """Everything, at an instant of the installation's clock."""
    states = journal.open_states(session)
    waiting, oldest, dead = _mails(session)
    return Counts(
        mails_waiting=waiting,
        mails_dead=dead,
        mail_oldest=max(at - oldest, timedelta(0)) if oldest else timedelta(0),
        documents_unpressed=_unpressed(session),
        cases_open=Counter(key.partition("/")[0] for key in states),
        deadlines_overdue=Counter(
            d.key.partition("/")[0] for state in states.values() for d in state.deadlines if d.passed
        ),
        journals={key: state.seq for key, state in states.items()},
        late=frozenset(key for key, state in states.items() if _is_late(state, at)),
    )


def _is_late(state: CaseState, at: datetime) -> bool:
    return any(not d.passed and d.due + _LATE < at and not state.stands_still(d) for d in state.deadlines)


def _mails(session: Session) -> tuple[int, datetime | None, int]:
    """How many wait, since when the oldest does, and how many have died."""
    dead = col(OutboundMail.dead_at).is_not(None)
    query = select(
        func.count().filter(~dead),
        func.min(OutboundMail.created_at).filter(~dead),
        func.count().filter(dead),
    ).where(col(OutboundMail.sent_at).is_(None))
    return session.exec(query).one()


def _unpressed(session: Session) -> int:
    return session.exec(select(func.count()).where(col(Document.pressed_at).is_(None))).one()
