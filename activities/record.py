"""The record port: an act is written in one transaction, or refused."""

from datetime import timedelta
from typing import Final

from sqlalchemy import exc
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from domain.dates import over_at
from domain.refusals import Refused
from records.acts.commit import ActRequest, commit
from records.database import Database
from runtime.clock import Clock
from workflows.messages import Command
from workflows.ports import COMMIT, CommitRequest, Committed

_TRIES: Final = 3  # two agencies' first number of a year, or first audit entry, at once: the second try finds a row
_WAITS: Final = timedelta(minutes=1)  # longer, and the case would be held up for it


class RecordActivities:
    """Writes acts to the database; runs in the worker's thread pool.

    `grace` is for how long, in real time, what falls due waits for requests that came in before it.
    """

    def __init__(self, database: Database, clock: Clock, grace: timedelta = timedelta(0)) -> None:
        self._database = database
        self._clock = clock
        self._grace = grace

    @activity.defn(name=COMMIT)
    def commit(self, request: CommitRequest) -> Committed:
        """One act, one transaction.

        Raises:
            Refused: what the law or the record forbids; the interceptor makes it a benign application error.
            ApplicationError: an error of ours. It fails the act and does not hold the case's lock for ever. Or, to be
                tried again, a deadline that is not over yet.
        """
        if request.command.act == "fall_due":
            self._require_over(request.command)
        try:
            return self._commit(request)
        except Refused:
            raise
        except Exception as error:
            if _may_pass(error):
                raise
            raise ApplicationError(str(error), type=type(error).__name__, non_retryable=True) from error

    def _require_over(self, command: Command) -> None:
        """Nothing falls due before its last second and the grace are over, by the one clock that judges what people do.

        Temporal's clock says when to try; the two may differ. The try that comes too early holds no thread.
        """
        left = over_at(command.at) + self._grace - self._clock.now()
        if left > self._grace + _WAITS:
            raise Refused("deadline-not-over", due=command.at.isoformat())
        if left > timedelta(0):
            raise ApplicationError(
                "the deadline is not over yet",
                type="DeadlineNotOver",
                next_retry_delay=left,
                category=ApplicationErrorCategory.BENIGN,
            )

    def _commit(self, request: CommitRequest) -> Committed:
        command = request.command
        with self._database.write() as writer:
            entry, replayed = commit(
                writer,
                ActRequest(
                    request.case_key,
                    request.seq,
                    command.intent(),
                    command.request_id,
                    command.payload_sha256,
                    command.keys,
                    command.actor.assignment_id,
                    command.statement_id,
                ),
            )
        return Committed(entry, replayed)


def _may_pass(error: Exception) -> bool:
    """Whether the same act may be written when it is tried again: an outage, a lock, or a row that came in between."""
    attempt = activity.info().attempt if activity.in_activity() else _TRIES
    if isinstance(error, exc.IntegrityError):
        return attempt < _TRIES
    lost = isinstance(error, exc.DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, exc.OperationalError | exc.TimeoutError | OSError)
