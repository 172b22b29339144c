"""What the acts of an office term write: a contract a year, extension, another superior, the end."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlmodel import col, select

from domain.case import Deadline, deadline_item
from domain.contract import quarter_end, quarters_begun
from domain.deadlines import performance
from domain.deadlines.due import Due
from domain.law.tenure import missing_for_extension
from domain.plan import Level
from domain.refusals import Refused
from domain.rules import RuleSet, refuse
from domain.term import TermState
from domain.words import CaseKind, EndGround, HoldingKind, Role
from records import assignments, journal, terms
from records import rules as rule_sets
from records.acts.acting import Acting, Recorder, tanggal
from records.acts.common import Incumbency, cite, day, local, past_day, remind, with_reasons
from records.tables import Contract, ContractVersion, Holding, Person, Post


def remind_term(acting: Acting) -> None:
    """One reminder before the tenure's end or the retirement age, to who may extend or end the term."""
    remind(acting, acting.case.id)


def fall_due(acting: Acting) -> None:
    """A contract year begins; the end of the tenure and the retirement age only become overdue, visibly."""
    key = acting.data["key"] = acting.arguments["key"]
    kind, _, year = key.partition("/")
    if kind == "contract":
        _begin_year(acting, key, int(year))


# -- a contract year ---------------------------------------------------------------------------------------------


def _begin_year(acting: Acting, key: str, year: int) -> None:
    """Bear the year's contract with all its deadlines, and set the day on which the next one begins."""
    state: TermState = acting.state
    start = max(date(year, 1, 1), state.inaugurated_on)
    end = date(year, 12, 31)
    rules = rule_sets.in_force(acting.session, acting.case.agency_id, start)
    contract_id = f"{acting.case.id}-{year}"
    deadlines = _deadlines(acting, rules, year)
    _add_rows(acting, contract_id, year, start, end)
    origin = {
        "rules_sha256": rule_sets.pin(acting.session, rules),
        "term_id": acting.case.id,
        "year": year,
        "inaugurated_on": state.inaugurated_on.isoformat(),
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "rating_from": next(d.due for d in deadlines if d.key == "rating").isoformat(),
        "quarters": list(quarters_begun(year, state.inaugurated_on)),
    }
    case = journal.bear(
        acting.session,
        CaseKind.CONTRACT,
        contract_id,
        acting.case.agency_id,
        acting.at,
        "open_contract",
        origin=origin,
        data={"set": [deadline_item(d) for d in deadlines]},
        request_id=f"{acting.case.key}/{acting.seq}",
    )
    acting.start(case.key)
    acting.data.update(year=year, contract=contract_id)
    acting.lift(key)
    next_year = acting.calendar.start_of_day(date(year + 1, 1, 1))
    acting.due(f"contract/{year + 1}", next_year, "skp.set_month", remind=False)
    _tell_parties(acting, year, next(d for d in deadlines if d.key == "sign"))


def _add_rows(acting: Acting, contract_id: str, year: int, start: date, end: date) -> None:
    acting.session.add(
        Contract(
            id=contract_id,
            agency_id=acting.case.agency_id,
            term_id=acting.case.id,
            year=year,
            period_start=start,
            period_end=end,
        )
    )
    acting.session.flush()
    acting.session.add(ContractVersion(contract_id=contract_id, number=1))


def _deadlines(acting: Acting, rules: RuleSet, year: int) -> list[Deadline]:
    """The year's deadlines: signature, a check-in a quarter, the opening of the rating window, and the rating."""
    calendar, state = acting.calendar, acting.state
    check_ins = [
        performance.check_in(calendar, quarter_end(year, quarter), rules).deadline(f"check_in/Q{quarter}")
        for quarter in quarters_begun(year, state.inaugurated_on)
    ]
    rate = performance.rating_closes(calendar, year, rules)
    asked = [_sign(acting, rules, year).deadline("sign"), *check_ins, rate.deadline("rate")]
    return [
        Deadline("rating", performance.rating_opens(calendar, year, rules), rate.rule),
        *(terms.reminded(calendar, rules, acting.at, d) for d in asked),
    ]


def _sign(acting: Acting, rules: RuleSet, year: int) -> Due:
    """Thirty days after inauguration in the first year.

    Later a month after the budget document is approved, which is taken to happen by the end of the month in which
    the year's targets are set: no date of approval is on record.
    """
    calendar, inaugurated_on = acting.calendar, acting.state.inaugurated_on
    if inaugurated_on.year == year:
        return performance.contract_after_inauguration(calendar, inaugurated_on, rules)
    approved = performance.targets_set(calendar, year, rules).day
    return performance.contract_after_budget(calendar, approved, rules)


def _tell_parties(acting: Acting, year: int, sign: Deadline) -> None:
    """Both parties learn that a later year's contract is to be made; the first was announced at the inauguration."""
    if sign.due <= acting.at or year == acting.state.inaugurated_on.year:
        return
    people = Incumbency(acting, acting.case.id)
    facts = {
        "act": f"Menyusun dan menandatangani perjanjian kinerja tahun {year}",
        "deadline": local(acting, sign.due),
        "rule": cite(acting, sign.rule),
    }
    acting.mail("deadline_reminder", [people.official.id, *_superiors(acting)], facts)


def _superiors(acting: Acting) -> list[str]:
    return [p.id for p in acting.holders(Role.SUPERIOR, ("term", acting.case.id))]


# -- extension and superior --------------------------------------------------------------------------------------


def extend_term(acting: Acting) -> None:
    """Prolong the tenure on proven targets, with the supervisor's report; the PPK's approval is the act itself."""
    state: TermState = acting.state
    if missing_for_extension(_given(acting), acting.rules):
        raise refuse(acting.rules, "tenure.extension_requires", "targets-not-proven")
    until = day(acting, "until")
    extended = performance.tenure(acting.calendar, state.tenure_until, acting.rules)
    latest = extended.day
    if until > latest:
        raise refuse(acting.rules, extended.rule, "extension-too-long", until=until, latest=latest)
    acting.data["until"] = until.isoformat()
    acting.lift("tenure")
    acting.due("tenure", acting.calendar.end_of_day(until), extended.rule)
    people = Incumbency(acting, acting.case.id)
    _tell(acting, people, f"Masa jabatan {people.post.title} diperpanjang sampai {tanggal(until)}")


def _given(acting: Acting) -> set[str]:
    """What stands behind an extension; the PPK's approval is his act."""
    stated = {name for name in ("targets_proven", "supervisor_report") if acting.arguments.get(name)}
    return stated | {"ppk_approval"}


def replace_superior(acting: Acting) -> None:
    """Another superior from a day on; what the former signed and decided stays."""
    people = Incumbency(acting, acting.case.id)
    superior_id, since = acting.arguments["superior_id"], acting.calendar.start_of_day(day(acting, "since"))
    if acting.session.get(Person, superior_id) is None:
        raise Refused("unknown-person", person=superior_id)
    if superior_id == people.official.id:
        raise Refused("own-superior")
    present = assignments.held_at(acting.session, acting.at, role=Role.SUPERIOR, scopes=[people.scope])
    if any(a.since >= since for a in present):
        raise Refused("date-too-early", date=str(acting.arguments["since"]), earliest=local(acting, present[-1].since))
    for assignment in present:
        assignment.until = since
        acting.session.add(assignment)
    acting.session.add(terms.assigned(people.term, superior_id, Role.SUPERIOR, since, ""))
    acting.data.update(superior_id=superior_id, since=str(acting.arguments["since"]))
    told = [people.official.id, superior_id, *(a.person_id for a in present)]
    facts = {"act": f"Pergantian atasan penilai {people.post.title}", "date": local(acting, acting.at)}
    acting.mail("act_recorded", told, facts)


# -- the end -----------------------------------------------------------------------------------------------------


def end_term(acting: Acting) -> None:
    """End the term on its last day, with what rests on it; nobody is left without a post by a move."""
    people = Incumbency(acting, acting.case.id)
    last_day = past_day(acting, "last_day", acting.state.inaugurated_on)
    if acting.arguments["ground"] == EndGround.MOVED and successor(acting, people.holding, last_day) is None:
        raise refuse(acting.rules, "demotion.outcomes", "no-new-post")
    holding = people.holding
    holding.until, holding.end_basis = last_day, str(acting.arguments["basis"])
    acting.session.add(holding)
    terms.release(acting.session, acting.calendar, acting.case.id, last_day)
    _ended(acting, str(acting.arguments["ground"]), last_day)
    _tell(acting, people, f"Masa jabatan {people.post.title} berakhir")


def lapse(acting: Acting) -> None:
    """A review that was carried out has ended the holding; the term follows, with what rests on it.

    The assignments stay while the official may still object.
    """
    people = Incumbency(acting, acting.case.id)
    last_day = people.holding.until
    if last_day is None:
        raise Refused("not-ended")
    following = successor(acting, people.holding, last_day)
    lowered = following is not None and following.level != Level.PRATAMA
    if not terms.executed_review_open(acting.session, acting.case.agency_id, acting.case.id):
        terms.release(acting.session, acting.calendar, acting.case.id, last_day)
    _ended(acting, EndGround.LOWER_POST if lowered else EndGround.MOVED, last_day)


def _ended(acting: Acting, ground: str, last_day: date) -> None:
    lapses = terms.open_dependants(acting.session, acting.case.agency_id, acting.case.id)
    acting.data.update(ground=ground, last_day=last_day.isoformat(), lapses=lapses)


def successor(acting: Acting, holding: Holding, last_day: date) -> Post | None:
    """The post that the official holds after his last day in this one."""
    query = select(Holding).where(
        col(Holding.person_id) == holding.person_id,
        col(Holding.id) != holding.id,
        col(Holding.kind) == HoldingKind.DEFINITIVE,
    )
    after = date.fromordinal(last_day.toordinal() + 1)
    for other in acting.session.exec(query.order_by(col(Holding.since).desc())):
        if other.since <= after and (other.until is None or other.until >= after):
            return acting.session.get_one(Post, other.post_id)
    return None


def _tell(acting: Acting, people: Incumbency, title: str) -> None:
    superiors = _superiors(acting)
    acting.mail("act_recorded", [people.official.id, *superiors], {"act": title, "date": local(acting, acting.at)})


RECORDERS: Final[Mapping[str, Recorder]] = with_reasons(
    CaseKind.TERM,
    {
        "remind": remind_term,
        "fall_due": fall_due,
        "extend_term": extend_term,
        "end_term": end_term,
        "replace_superior": replace_superior,
        "lapse": lapse,
    },
)
