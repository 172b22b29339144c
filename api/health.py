"""Whether the process lives, and whether it can serve: database and engine."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.problems import problems
from api.services import Services, services_of

router = APIRouter(prefix="/health", tags=["health"])


class Live(BaseModel):
    """The process answers."""

    alive: bool = True


class Ready(BaseModel):
    """What the process needs, and whether it is there."""

    ready: bool
    database: bool
    engine: bool


@router.get("/live", responses=problems())
def live() -> Live:
    """Always true while the process answers."""
    return Live()


@router.get("/ready", response_model=Ready, responses={503: {"model": Ready}})
async def ready(services: Annotated[Services, Depends(services_of)]) -> JSONResponse:
    """200 when database and engine answer; 503 names which one does not."""
    database = await run_in_threadpool(_database_answers, services)
    engine = await _engine_answers(services.engine)
    state = Ready(ready=database and engine, database=database, engine=engine)
    return JSONResponse(state.model_dump(), 200 if state.ready else 503)


def _database_answers(services: Services) -> bool:
    try:
        with services.database.read() as session:
            session.connection().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


async def _engine_answers(engine: Any) -> bool:
    """Ask for a workflow that does not exist: "no" is an answer."""
    try:
        await engine.running("health/none")
    except Exception:
        return False
    return True
