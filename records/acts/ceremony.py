"""The inauguration: whether a ceremony, as it is recorded, can have been one (PP 11/2017 Pasal 135-140)."""

from collections.abc import Collection
from datetime import date

from sqlmodel import col, or_, select

from domain.law.appointment import PostLevel, may_witness, needed_witnesses, oath_allowed, post_level, witnessed
from domain.refusals import Refused
from domain.rules import refuse
from domain.switches import Switch
from domain.words import HoldingKind
from records.acts.acting import Acting
from records.assignments import people_by_id
from records.tables import Document, Holding, Post, Vacancy


def require_lawful(acting: Acting, vacancy: Vacancy, on: date, decree: Document, appointee_id: str) -> None:
    """The day, the oath and the people present are such as the law asks for.

    Raises:
        Refused: `date-in-future`, `before-decree`, `oath-unknown`, `witnesses`, `unknown-person`, `witness-too-low`.
    """
    if on > acting.today:
        raise Refused("date-in-future", date=on.isoformat())
    if on < decree.issued_on:
        raise Refused("before-decree", date=on.isoformat(), decree=decree.issued_on.isoformat())
    oath, officiant = acting.arguments["oath"], acting.arguments["officiant_id"]
    if not oath_allowed(oath, acting.rules):
        raise refuse(acting.rules, "oath.variants", "oath-unknown", oath=oath)
    witnesses = acting.arguments["witness_ids"]
    if not witnessed(acting.rules, appointee=appointee_id, officiant=officiant, witnesses=witnesses):
        raise refuse(acting.rules, "oath.witnesses", "witnesses", needed=needed_witnesses(acting.rules))
    people = people_by_id(acting.session, [*witnesses, officiant])
    unknown = {*witnesses, officiant} - people.keys()
    if unknown:
        raise Refused("unknown-person", person=", ".join(sorted(unknown)))
    for witness in _too_low(acting, vacancy, on, witnesses):
        raise refuse(acting.rules, "oath.min_rank_of_witness", "witness-too-low", witness=people[witness].name)


def _too_low(acting: Acting, vacancy: Vacancy, on: date, witnesses: Collection[str]) -> list[str]:
    """The witnesses whose post is known to be too low; a post that is not on record is for the secretariat to judge."""
    taken = post_level(acting.session.get_one(Post, vacancy.post_id).level)
    if taken is None or not acting.rules.switched(Switch.WHOLE_SELECTION):
        return []
    held = _levels(acting, on, witnesses)
    return [w for w in witnesses if w in held and not may_witness(held[w], taken, acting.rules)]


def _levels(acting: Acting, on: date, people: Collection[str]) -> dict[str, PostLevel]:
    """The level of the highest post that each person holds definitively on that day."""
    query = (
        select(Holding.person_id, Post.level)
        .join(Post, col(Post.id) == col(Holding.post_id))
        .where(
            col(Holding.person_id).in_(people),
            col(Holding.kind) == HoldingKind.DEFINITIVE,
            col(Holding.since) <= on,
            or_(col(Holding.until).is_(None), col(Holding.until) >= on),
        )
    )
    found: dict[str, PostLevel] = {}
    for person_id, name in acting.session.exec(query):
        level = post_level(name)
        if level is not None:
            found[person_id] = max(level, found.get(person_id, level))
    return found
