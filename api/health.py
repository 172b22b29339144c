"""Whether the process lives, and whether each part of the installation does its work."""

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.problems import problems
from api.security import SignedIn, require_admin
from api.services import Parts
from runtime.health import Status

router = APIRouter(prefix="/health", tags=["health"])


class Live(BaseModel):
    """The process answers."""

    alive: bool = True


class PartOut(BaseModel):
    """How a part does, since when."""

    status: Status
    needed: bool = Field(description="whether the installation is unready without it")
    since: datetime


class Ready(BaseModel):
    """Whether the installation can serve, and how each part does."""

    ready: bool = Field(description="whether every part that is needed does its work")
    parts: dict[str, PartOut] = Field(
        description="database, engine, workers, files, clock, mail; scanner where there is one"
    )


class PartDetail(PartOut):
    """With the reason, for whoever has to mend it."""

    reason: str = Field(examples=["other-schema"], description="a code; empty where all is well")


class Detail(BaseModel):
    """Readiness with reasons."""

    ready: bool
    parts: dict[str, PartDetail]


@router.get("/live", responses=problems())
def live() -> Live:
    """Always true while the process answers."""
    return Live()


@router.get("/ready", response_model=Ready, responses={503: {"model": Ready}})
async def ready(parts: Parts) -> JSONResponse:
    """200 when all that is needed works, 503 when something does not; what is not needed may fail at 200."""
    health = parts.healthy()
    fine = await health.look()
    shown = {p.name: PartOut(status=p.status, needed=p.needed, since=p.since) for p in health.parts}
    return JSONResponse(Ready(ready=fine, parts=shown).model_dump(mode="json"), 200 if fine else 503)


@router.get("/details", responses=problems(401, 403))
async def details(parts: Parts, caller: SignedIn) -> Detail:
    """Readiness with the reason of each failure, for an administrator."""
    require_admin(caller)
    health = parts.healthy()
    fine = await health.look()
    shown = {p.name: PartDetail(status=p.status, needed=p.needed, since=p.since, reason=p.reason) for p in health.parts}
    return Detail(ready=fine, parts=shown)
