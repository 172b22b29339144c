"""The record port: an act is written in one transaction, or refused."""

from temporalio import activity

from records.acts.commit import ActRequest, commit
from records.database import Database
from workflows.ports import COMMIT, CommitRequest, Committed


class RecordActivities:
    """Writes acts to the database; runs in the worker's thread pool."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name=COMMIT)
    def commit(self, request: CommitRequest) -> Committed:
        """One act, one transaction.

        Raises:
            Refused: what the law or the record forbids; the interceptor makes it a benign application error.
        """
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
