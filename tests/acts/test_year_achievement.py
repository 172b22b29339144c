"""The year's achievement where quarterly targets count each quarter alone, and whose results a head's are."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import regulations
from domain.words import Role
from records import achievements, contracts
from records.audit import Author
from records.contract_view import contract_view
from records.tables import AnnualResult, Post
from tests.acts.world import World, at, sample_annex

RULES = regulations.latest()
PERIODIC = ("20", "25", "25", "20")


@pytest.fixture
def year(world: World) -> tuple[str, str]:
    """A contract of 2026 in force, whose first indicator has targets for each quarter alone: its id and case key."""
    term = world.enter_official("2026-01-05", "2025-12-15", first_year=2026)
    world.advance(at("2026-01-05 09:05"))
    contract_id, key = world.contract_id(term, 2026), world.contract(term, 2026)
    annex = sample_annex()
    first, second = annex.indicators
    annex = replace(annex, indicators=(replace(first, quarterly=PERIODIC), second))
    world.save_annex(contract_id, at("2026-01-12"), annex)
    with world.database.write() as writer:
        document = contracts.issue_draft(writer, Author(world.people["official"]), at("2026-01-12"), contract_id)
    for who, role in (("official", Role.OFFICIAL), ("superior", Role.SUPERIOR)):
        world.act(key, "sign", who, role, at("2026-01-12"), version=1, sha256=document.inputs_sha256)
    return contract_id, key


REPORTS = (("18", "15"), ("22", "40"), ("25", "70"), ("16", "95"))


def _check_in(world: World, year: tuple[str, str]) -> None:
    contract_id, key = year
    for quarter, (values, day) in enumerate(
        zip(REPORTS, ("2026-04-05", "2026-07-05", "2026-10-05", "2027-01-10"), strict=True), start=1
    ):
        world.advance(at(day))
        world.report(contract_id, quarter, at(day), values)
        world.verify(key, quarter, at(day))


def _year(world: World, contract_id: str, verified: tuple[int, ...], **rules: Any) -> list[tuple[Any, Any]]:
    with world.database.read() as session:
        version = achievements.version_of(session, contract_id, 1)
        assert version is not None
        chosen = replace(RULES, **rules)
        measured = achievements.measure_year(session, version, 2026, verified, chosen)
    return [(row["actual"], row["capped"]) for row in measured.rows]


def test_periodic_quarters_are_added_up_for_the_year(world: World, year: tuple[str, str]) -> None:
    contract_id, key = year
    _check_in(world, year)
    assert _year(world, contract_id, (1, 2, 3, 4)) == [("81", "90.00"), ("95", "100.00")]
    assert _year(world, contract_id, (1, 2)) == [("40", "44.44"), ("40", "42.11")]
    assert _year(world, contract_id, (1, 2, 4)) == [(None, None), ("95", "100.00")]  # a gap is not a zero
    assert _year(world, contract_id, ()) == [(None, None), (None, None)]
    entry = world.act(
        key, "rate", "superior", Role.SUPERIOR, at("2027-01-12"), results="as_expected", behaviour="as_expected"
    )
    (result,) = world.rows(AnnualResult)
    assert (result.mean, result.proposed) == (Decimal(94), "as_expected")
    assert entry.data["proposal_rule"] == "rating.unit_head_uses_org_achievement"


def test_a_set_before_the_switch_takes_the_last_quarter_alone(world: World, year: tuple[str, str]) -> None:
    contract_id, _ = year
    _check_in(world, year)
    older = _year(world, contract_id, (1, 2, 3, 4), switches=frozenset())
    assert older == [("16", "17.78"), ("95", "100.00")]


def test_who_leads_no_unit_has_results_of_his_own(world: World, year: tuple[str, str]) -> None:
    _, key = year
    with world.database.write() as writer:
        for post in world.rows(Post):
            row = writer.session.get_one(Post, post.id)
            row.kind = "staff_expert"
            writer.session.add(row)
    _check_in(world, year)
    entry = world.act(
        key, "rate", "superior", Role.SUPERIOR, at("2027-01-12"), results="as_expected", behaviour="as_expected"
    )
    assert "proposal_rule" not in entry.data


def test_a_quarter_s_mean_that_hides_a_miss_is_a_warning_sign(world: World, year: tuple[str, str]) -> None:
    contract_id, key = year
    world.advance(at("2026-04-05"))
    world.report(contract_id, 1, at("2026-04-05"), ("17", "18"))
    world.verify(key, 1, at("2026-04-05"))
    with world.database.read() as session:
        signs = [(w.code, w.subject, w.value) for w in contract_view(session, contract_id).warnings]
    assert signs == [("mean-hides-miss", "Cakupan imunisasi dasar lengkap", "Q1")]
