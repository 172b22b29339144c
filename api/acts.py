"""The routes of all acts, generated from the one table: authorise, store, send, answer."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Header, Path, Request
from pydantic import BaseModel, Field, create_model

from api.problems import audit_refusal, problems
from api.security import Caller, SignedIn, authorise_act
from api.selections import start_case
from api.services import Parts, Services
from domain.acts import ACTS, Act
from domain.case import workflow_id
from domain.laws import LAWS
from domain.refusals import Refused
from domain.words import CaseKind
from records import journal, requests
from records.audit import Author, sha256_of
from records.tables import Case, new_id
from runtime.observing import observed
from workflows.messages import ARGUMENTS, Actor, Answer, Command, Message, OnStage

router = APIRouter(prefix="/api/v1")

_NOUNS: Final = {
    CaseKind.SELECTION: "selections",
    CaseKind.TERM: "terms",
    CaseKind.CONTRACT: "contracts",
    CaseKind.REVIEW: "reviews",
}
CaseId = Annotated[str, Path(pattern=r"^[0-9a-z-]{1,40}$", description="the case's id")]
IdempotencyKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=8, max_length=80, pattern=r"^[\x21-\x7e]+$"),
]


class ActAnswer(BaseModel):
    """An act's recorded answer, and where the case stands now."""

    case: str = Field(examples=["selection/0k3f9x2m7q0ab"])
    seq: int
    act: str
    at: str
    vacancy_ids: list[str] = []
    documents: int = Field(default=0, description="how many documents the act issued")
    replayed: bool = Field(description="true when an equal act had been recorded before")
    stage: str = Field(description="the case's stage after the act")


@dataclass(frozen=True)
class _Request:
    """An act on its way through the API."""

    services: Services
    caller: Caller
    act: Act
    case_key: str
    body: dict[str, Any]
    reason: str | None
    idempotency_key: str | None


async def perform(request: _Request) -> ActAnswer:
    """Authorise, store and send one act. No transaction is open while Temporal is awaited.

    Raises:
        Refused: the refusal is in the audit chain before it is answered.
    """
    with observed(request.act.name) as seen:
        try:
            prepared = await asyncio.to_thread(_prepare, request)
            seen.on(request.case_key, prepared.actor.role if isinstance(prepared, Command) else "")
            answer = await _send(request, prepared)
        except Refused as refused:
            if refused.code != "unknown-case":
                seen.on(request.case_key)
            await asyncio.to_thread(_note_refusal, request, refused)
            raise
        seen.result = "replayed" if answer.replayed else "done"
    stage = await asyncio.to_thread(_stage, request)
    return ActAnswer(
        case=answer.case,
        seq=answer.seq,
        act=answer.act,
        at=answer.at.isoformat(),
        vacancy_ids=list(answer.vacancy_ids),
        documents=answer.documents,
        replayed=answer.replayed,
        stage=stage,
    )


async def _send(request: _Request, prepared: Command | Answer) -> Answer:
    """A case that is on record and does not run (the engine was away at its birth) is started, and asked again."""
    if isinstance(prepared, Answer):
        return prepared
    services, case_key = request.services, request.case_key
    try:
        return await services.engine.act(case_key, prepared)
    except Refused as refused:
        if refused.code != "case-not-running" or not await start_case(services, case_key):
            raise
    return await services.engine.act(case_key, prepared)


def _prepare(request: _Request) -> Command | Answer:
    """Authorise at this time, resolve the act, and store its reason; a recorded repeat is answered from the record."""
    services, caller, act = request.services, request.caller, request.act
    at = caller.at
    with services.database.read() as session:
        case = journal.case_of(session, request.case_key)
        assignment = authorise_act(session, caller, act, case, at)
        prepared = requests.prepare(session, case, act, at, caller.person.id, assignment.role, request.body)
        if prepared.recorded is not None:
            return _recorded(case, prepared.recorded)
    statement_id = _stored_reason(request, case, at)
    return Command(
        act=act.name,
        actor=Actor(person_id=caller.person.id, role=assignment.role, assignment_id=assignment.id),
        at=at,
        request_id=_request_id(request),
        payload_sha256=prepared.payload_sha256,
        keys=prepared.keys,
        vacancy_ids=prepared.intent.vacancy_ids,
        arguments=dict(prepared.intent.arguments),
        statement_id=statement_id,
    )


def _stored_reason(request: _Request, case: Case, at: datetime) -> str | None:
    """The id of the stored reason; an act without one writes nothing before it is sent."""
    if not (request.act.reason or request.reason):
        return None
    with request.services.database.write() as writer:
        return requests.store_reason(writer.session, case, request.caller.person.id, request.act, request.reason, at)


def _request_id(request: _Request) -> str:
    """The update's id: the same client key gives the same update, whoever else uses that key."""
    if request.idempotency_key is None:
        return new_id()
    facts = [request.caller.person.id, request.act.name, request.body, request.idempotency_key]
    return sha256_of(facts)[:32]


def _recorded(case: Case, entry: Any) -> Answer:
    return Answer(
        case=case.key,
        seq=entry.seq,
        act=entry.act,
        at=entry.at,
        vacancy_ids=entry.vacancy_ids,
        documents=entry.data.get("documents", 0),
        replayed=True,
    )


def _note_refusal(request: _Request, refused: Refused) -> None:
    services = request.services
    with services.database.read() as session:
        try:
            case = journal.case_of(session, request.case_key)
        except Refused:
            return
    author = Author(request.caller.person.id)
    audit_refusal(services, author, case.agency_id, request.caller.at, request.act.name, case.key, refused)


def _stage(request: _Request) -> str:
    with request.services.database.read() as session:
        case = journal.case_of(session, request.case_key)
        return LAWS[CaseKind(case.kind)].stage(journal.state_of(session, case.key))


def _body_model(act: Act, arguments: type[Message]) -> type[Message]:
    """The act's arguments with the reason in words, which the API stores apart."""
    required: Any = ... if act.reason else None
    kind: Any = str if act.reason else str | None
    name = "".join(part.title() for part in (act.case.value, *act.name.split("_")))
    reason = (kind, Field(required, max_length=4000, description="in words"))
    return create_model(name, __base__=arguments, reason=reason)


def _path(act: Act, arguments: type[Message]) -> str:
    base = f"/{_NOUNS[act.case]}/{{case_id}}"
    return f"{base}/stages/{{stage}}/{act.path}" if arguments is OnStage else f"{base}/{act.path}"


def _endpoint(act: Act, body_model: type[Message]) -> Callable[..., Coroutine[Any, Any, ActAnswer]]:
    needed = any(field.is_required() for field in body_model.model_fields.values())
    kind: Any = body_model if needed else body_model | None
    given: Any = Body() if needed else Body(None)

    async def endpoint(
        request: Request,
        parts: Parts,
        caller: SignedIn,
        case_id: CaseId,
        body: kind = given,
        key: IdempotencyKey = None,
    ) -> ActAnswer:
        arguments = body.model_dump(mode="json", exclude={"reason"}) if body else {}
        stage = request.path_params.get("stage")
        if stage is not None:
            arguments["stage"] = stage
        reason = getattr(body, "reason", None)
        return await perform(_Request(parts, caller, act, workflow_id(act.case, case_id), arguments, reason, key))

    endpoint.__name__ = f"{act.case}_{act.name}"
    endpoint.__doc__ = f"{act.title}: records {act.records}. Allowed to: {', '.join(act.roles)}."
    return endpoint


def _add_routes() -> None:
    for (kind, name), act in ACTS.items():
        if act.birth:
            continue
        arguments = ARGUMENTS[kind, name]
        body_model = _body_model(act, arguments)
        router.add_api_route(
            _path(act, arguments),
            _endpoint(act, body_model),
            methods=["POST"],
            response_model=ActAnswer,
            responses=problems(401, 403, 404, 409),
            tags=[_NOUNS[kind]],
            summary=act.title,
            operation_id=f"{kind}_{name}",
        )


_add_routes()
