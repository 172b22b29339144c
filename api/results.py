"""Rankings with their frozen inputs: anybody entitled can compute them again."""

from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import col, select

from api.problems import problems
from api.security import SignedIn
from api.selections import watched
from api.services import Parts
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import Role
from records.applications import pinned_rules
from records.assignments import people_by_id
from records.rankings import explained
from records.tables import Application, Ranking, Vacancy

router = APIRouter(prefix="/api/v1", tags=["results"])
_ADDED: Final = {"candidates", "statement", "statement_en"}
_READERS: Final = (Role.COMMITTEE, Role.PPK, Role.PYB, Role.OBSERVER)


class RankingOut(BaseModel):
    """A ranking as it was computed; `candidates` names the application ids in it."""

    id: str
    vacancy_id: str
    stage: str
    repeat: int
    inputs: dict[str, Any] = Field(description="frozen: rows, weights, tie_break")
    result: dict[str, Any] = Field(description="as `selter rank` gives it")
    sha256: str
    at: datetime
    candidates: dict[str, str]
    statement: str = Field(description="the ranking in plain words, in Indonesian")
    statement_en: str = Field(description="the same in English")


class Rankings(BaseModel):
    """The rankings of a vacancy, the oldest first."""

    rankings: list[RankingOut]


@router.get("/selections/{selection_id}/vacancies/{vacancy_id}/rankings", responses=problems(401, 403, 404))
def list_rankings(services: Parts, caller: SignedIn, selection_id: str, vacancy_id: str) -> Rankings:
    """The rankings of a vacancy, for committee, PPK, PyB and observers."""
    with services.database.read() as session:
        watched(session, caller, selection_id, _READERS)
        vacancy = session.get(Vacancy, vacancy_id)
        if vacancy is None or vacancy.selection_id != selection_id:
            raise Refused("unknown-vacancy", vacancy=vacancy_id)
        query = select(Ranking).where(col(Ranking.vacancy_id) == vacancy_id).order_by(col(Ranking.at))
        rankings = list(session.exec(query))
        applications = list(session.exec(select(Application).where(col(Application.vacancy_id) == vacancy_id)))
        people = people_by_id(session, [a.person_id for a in applications])
        rules = pinned_rules(session, selection_id)
    names = {a.id: people[a.person_id].name for a in applications}
    return Rankings(rankings=[_out(r, names, rules) for r in rankings])


def _out(ranking: Ranking, names: dict[str, str], rules: RuleSet) -> RankingOut:
    ids = [row["candidate"] for row in ranking.inputs.get("rows", ())]
    plain = ranking.model_dump(include=set(RankingOut.model_fields) - _ADDED)
    told = explained(ranking, rules)
    return RankingOut(**plain, candidates={i: names.get(i, "") for i in ids}, statement=told.id, statement_en=told.en)
