"""Selections, vacancies and their windows; the draft's parts are JSON checked at the edge."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from records.tables.base import instant, json_column, new_id


class Selection(SQLModel, table=True):
    """A round of open selection."""

    __tablename__ = "selection"
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    title: str
    level: str = "pratama"
    version: int = 1
    announcement: dict[str, Any] = json_column()  # opens, closes (dates)
    timetable: list[dict[str, Any]] = json_column(list)  # step, start, end
    weights: dict[str, str] = json_column()  # component: percent
    pass_marks: dict[str, str] = json_column()  # component: least score; published beforehand
    tie_break: list[str] = json_column(list)
    applicants_minimum: int | None = None
    approvals: dict[str, Any] = json_column()  # plan_approval, home_affairs_consent
    context: dict[str, Any] = json_column()  # acting_head, head_inaugurated_on, ...
    venue: str = ""
    ruleset_id: str | None = None
    after_review_id: str | None = None  # the review whose execution left the vacancy
    created_at: datetime = instant()


class Vacancy(SQLModel, table=True):
    """A post to be filled by a round."""

    __tablename__ = "vacancy"
    id: str = Field(default_factory=new_id, primary_key=True)
    selection_id: str = Field(foreign_key="selection.id", index=True)
    post_id: str = Field(foreign_key="post.id", index=True)
    title: str
    unit: str
    kind: str
    requirements: dict[str, Any] = json_column()
    documents: list[dict[str, Any]] = json_column(list)  # code, title, required
    competencies: list[str] = json_column(list)
    superior_id: str | None = Field(default=None, foreign_key="person.id")  # who will sign the contract as pihak kedua


class Window(SQLModel, table=True):
    """When applications for a vacancy are taken; a submission is judged against this row inside its transaction."""

    __tablename__ = "application_window"
    vacancy_id: str = Field(primary_key=True, foreign_key="vacancy.id")
    opens_at: datetime = instant()
    closes_at: datetime = instant()
    closed_at: datetime | None = instant(null=True)
    suspended_at: datetime | None = instant(null=True)
