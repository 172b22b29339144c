"""The record port: an act is written in one transaction, or refused."""

from typing import Final

from sqlalchemy import exc
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.refusals import Refused
from records.acts.commit import ActRequest, commit
from records.database import Database
from workflows.ports import COMMIT, CommitRequest, Committed

_TRIES: Final = 3  # two agencies' first number of a year, or first audit entry, at once: the second try finds a row


class RecordActivities:
    """Writes acts to the database; runs in the worker's thread pool."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name=COMMIT)
    def commit(self, request: CommitRequest) -> Committed:
        """One act, one transaction.

        Raises:
            Refused: what the law or the record forbids; the interceptor makes it a benign application error.
            ApplicationError: an error of ours. It fails the act and does not hold the case's lock for ever.
        """
        try:
            return self._commit(request)
        except Refused:
            raise
        except Exception as error:
            if _may_pass(error):
                raise
            raise ApplicationError(str(error), type=type(error).__name__, non_retryable=True) from error

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
