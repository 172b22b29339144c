"""Drafting a round: its rows, its vacancies and their posts; the plan is open to edits until it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, select

import regulations
from domain.case import workflow_id
from domain.law.results import weights_locked
from domain.refusals import Refused
from domain.rules import refuse
from domain.selection import SelectionState
from domain.words import CaseKind
from records import journal
from records.audit import Author, Writer, sha256_of
from records.plans import rules_for, vacancies_of
from records.tables import Case, Person, Post, Selection, Vacancy, new_id

EDITABLE: Final = frozenset(
    {
        "title",
        "level",
        "announcement",
        "timetable",
        "weights",
        "pass_marks",
        "tie_break",
        "applicants_minimum",
        "approvals",
        "context",
        "venue",
        "ruleset_id",
    }
)


@dataclass(frozen=True)
class VacancyDraft:
    """A vacancy as stated. Without `post_id` a post is entered with it; `id` names an existing vacancy."""

    title: str = ""
    unit: str = ""
    kind: str = ""
    id: str | None = None
    post_id: str | None = None
    superior_id: str | None = None
    requirements: Mapping[str, Any] = field(default_factory=dict)
    documents: Sequence[Mapping[str, Any]] = ()
    competencies: Sequence[str] = ()


def case_key(selection_id: str) -> str:
    """The workflow id of a round."""
    return workflow_id(CaseKind.SELECTION, selection_id)


def held_case(session: Session, selection_id: str) -> Case:
    """The round's case, held against its acts until the transaction ends: an act locks the same row to write.

    Raises:
        Refused: `unknown-selection`.
    """
    query = select(Case).where(col(Case.key) == case_key(selection_id)).with_for_update(read=True)
    case = session.exec(query).first()
    if case is None:
        raise Refused("unknown-selection")
    return case


def state_of(session: Session, selection_id: str) -> SelectionState:
    """The round's state, folded from its journal."""
    state = journal.state_of(session, case_key(selection_id))
    assert isinstance(state, SelectionState)
    return state


def get(session: Session, selection_id: str) -> Selection:
    """The round of that id.

    Raises:
        Refused: `unknown-selection`.
    """
    selection = session.get(Selection, selection_id)
    if selection is None:
        raise Refused("unknown-selection")
    return selection


def create(
    writer: Writer,
    agency_id: str,
    title: str,
    level: str,
    drafts: Sequence[VacancyDraft],
    at: datetime,
    author: Author,
) -> Selection:
    """A new draft round with its vacancies, and its case in the same transaction.

    Raises:
        Refused: `unknown-post`, `unknown-person`.
    """
    selection = Selection(agency_id=agency_id, title=title, level=level, created_at=at)
    writer.session.add(selection)
    writer.session.flush()
    _write_vacancies(writer.session, selection, drafts, {})
    journal.bear(
        writer.session,
        CaseKind.SELECTION,
        selection.id,
        agency_id,
        at,
        "open",
        request_id=new_id(),
        person_id=author.person_id,
    )
    vacancies = [v.id for v in vacancies_of(writer.session, selection.id)]
    writer.audit(
        agency_id, at, author, "open", case_key(selection.id), {"seq": 1, "title": title, "vacancies": vacancies}
    )
    return selection


def edit(
    writer: Writer,
    selection_id: str,
    version: int,
    changes: Mapping[str, Any],
    drafts: Sequence[VacancyDraft] | None,
    at: datetime,
    author: Author,
) -> Selection:
    """Change parts of a draft; `drafts` is the whole list of vacancies where it is given.

    Raises:
        Refused: `plan-locked` after publication, `stale-version`, `unknown-post`, `unknown-person`, `unknown-ruleset`.
    """
    session = writer.session
    held_case(session, selection_id)
    selection = session.get_one(Selection, selection_id, with_for_update=True)
    rules = rules_for(session, selection)
    if weights_locked(state_of(session, selection_id).stage, rules):
        raise refuse(rules, "weights.locked_after", "plan-locked")
    if selection.version != version:
        raise Refused("stale-version", current=str(selection.version))
    unknown = set(changes) - EDITABLE
    assert not unknown, unknown
    for name, value in changes.items():
        setattr(selection, name, value)
    _require_ruleset(selection.ruleset_id)
    if drafts is not None:
        _write_vacancies(session, selection, drafts, {v.id: v for v in vacancies_of(session, selection.id)})
    selection.version += 1
    session.add(selection)
    session.flush()
    parts = sorted([*changes, *(["vacancies"] if drafts is not None else [])])
    payload = {"version": selection.version, "parts": parts, "sha256": sha256_of(snapshot(session, selection))}
    writer.audit(selection.agency_id, at, author, "edit_plan", case_key(selection.id), payload)
    return selection


def snapshot(session: Session, selection: Selection) -> dict[str, Any]:
    """The whole plan as plain values: what the audit chain commits to."""
    vacancies = [v.model_dump(mode="json") for v in vacancies_of(session, selection.id)]
    return {"selection": selection.model_dump(mode="json"), "vacancies": vacancies}


def _require_ruleset(ruleset_id: str | None) -> None:
    if ruleset_id is not None and ruleset_id not in regulations.available():
        raise Refused("unknown-ruleset", ruleset=ruleset_id)


def _write_vacancies(
    session: Session, selection: Selection, drafts: Sequence[VacancyDraft], present: Mapping[str, Vacancy]
) -> None:
    """Make the round's vacancies those of the list: known ids are changed, new ones entered, the others taken out."""
    posts = _posts(session, selection.agency_id, [d.post_id for d in drafts if d.post_id])
    _require_people(session, {d.superior_id for d in drafts if d.superior_id})
    kept = set()
    for draft in drafts:
        if draft.id is not None and draft.id not in present:
            raise Refused("unknown-vacancy", vacancy=draft.id)
        post = posts[draft.post_id] if draft.post_id else _post(session, selection, draft, present)
        vacancy = present[draft.id] if draft.id else _blank(selection, post)
        _fill(vacancy, draft, post)
        session.add(vacancy)
        kept.add(vacancy.id)
    for vacancy_id, vacancy in present.items():
        if vacancy_id not in kept:
            session.delete(vacancy)
    session.flush()


def _blank(selection: Selection, post: Post) -> Vacancy:
    return Vacancy(selection_id=selection.id, post_id=post.id, title=post.title, unit=post.unit, kind=post.kind)


def _fill(vacancy: Vacancy, draft: VacancyDraft, post: Post) -> None:
    vacancy.post_id = post.id
    vacancy.title = draft.title or post.title
    vacancy.unit = draft.unit or post.unit
    vacancy.kind = draft.kind or post.kind
    vacancy.requirements = dict(draft.requirements)
    vacancy.documents = [dict(d) for d in draft.documents]
    vacancy.competencies = list(draft.competencies)
    vacancy.superior_id = draft.superior_id


def _post(session: Session, selection: Selection, draft: VacancyDraft, present: Mapping[str, Vacancy]) -> Post:
    """The post the vacancy had, or a new one entered with it."""
    if draft.id and draft.id in present:
        return session.get_one(Post, present[draft.id].post_id)
    if not draft.title:
        raise Refused("unknown-post", post="")
    post = Post(
        agency_id=selection.agency_id,
        title=draft.title,
        unit=draft.unit,
        kind=draft.kind or "other",
        level=selection.level,
    )
    session.add(post)
    session.flush()
    return post


def _posts(session: Session, agency_id: str, ids: Sequence[str]) -> dict[str, Post]:
    query = select(Post).where(col(Post.id).in_(set(ids)), col(Post.agency_id) == agency_id)
    found = {p.id: p for p in session.exec(query)}
    for post_id in ids:
        if post_id not in found:
            raise Refused("unknown-post", post=post_id)
    return found


def _require_people(session: Session, ids: set[str]) -> None:
    found = set(session.exec(select(Person.id).where(col(Person.id).in_(ids))))
    for person_id in sorted(ids - found):
        raise Refused("unknown-person", person=person_id)
