"""Competencies: levels against the post's required levels, categories, and using an assessment again."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules import RuleSet
from domain.scoring.competency import Category, Competency, CompetencyError, category, match, reusable, standard
from tests.altered import with_values

LEVELS = st.integers(0, 20).map(lambda quarters: Decimal(quarters) / 4)


def test_there_are_eight_managerial_competencies_and_a_socio_cultural_one() -> None:
    assert [c.label for c in Competency] == [
        "Integritas",
        "Kerja sama",
        "Komunikasi",
        "Orientasi pada hasil",
        "Pelayanan publik",
        "Pengembangan diri dan orang lain",
        "Mengelola perubahan",
        "Pengambilan keputusan",
        "Perekat bangsa",
    ]


@pytest.mark.parametrize(("level", "required"), [("utama", 5), ("madya", 5), ("pratama", 4), ("administrator", 3)])
def test_a_post_requires_the_level_of_its_tier(rules: RuleSet, level: str, required: int) -> None:
    assert standard(level, rules) == dict.fromkeys(Competency, required)


def test_technical_competencies_are_added_by_name(rules: RuleSet) -> None:
    found = standard("pratama", rules, {"manajemen kesehatan": 5, "anggaran": 1})
    assert (found["manajemen kesehatan"], found["anggaran"], found["integrity"], len(found)) == (5, 1, 4, 11)


@pytest.mark.parametrize("level", [0, 6])
def test_a_required_level_is_one_to_five(rules: RuleSet, level: int) -> None:
    with pytest.raises(CompetencyError, match=f"anggaran: the required level {level} is not between 1 and 5"):
        standard("pratama", rules, {"anggaran": level})


def test_an_unknown_tier_is_refused_with_those_there_are(rules: RuleSet) -> None:
    with pytest.raises(CompetencyError, match="no required level is known for 'camat'; known are utama, madya"):
        standard("camat", rules)


@pytest.mark.parametrize(
    ("total", "percent"),
    [("34", "94.44"), ("33.25", "92.36"), ("29.75", "82.64"), ("29.25", "81.25"), ("27.25", "75.69")],
)
def test_a_published_match_is_the_sum_reached_by_the_sum_required(rules: RuleSet, total: str, percent: str) -> None:
    required = standard("pratama", rules)
    each = Decimal(total) / 9
    spread = {c: each.quantize(Decimal("0.01")) for c in Competency}
    spread[Competency.INTEGRITY] += Decimal(total) - sum(spread.values())
    found = match(spread, required, rules)
    assert str(found.percent) == percent
    assert found.arithmetic.endswith(f" / 36 × 100 = {percent}")


def test_a_strength_does_not_make_up_for_a_weakness(rules: RuleSet) -> None:
    found = match({"a": Decimal(5), "b": Decimal(3)}, {"a": 4, "b": 4}, rules)
    assert found.percent == Decimal("87.50")
    assert [(line.competency, line.counted, line.gap) for line in found.lines] == [("a", 4, 1), ("b", 3, -1)]
    assert found.category is Category.MS
    assert found.arithmetic == "7 / 8 × 100 = 87.50"


def test_percentages_may_be_averaged_instead(rules: RuleSet) -> None:
    chosen = with_values(rules, {"assessment.match.method": "mean"})
    found = match({"a": Decimal(4), "b": Decimal(1)}, {"a": 4, "b": 3}, chosen)
    assert (str(found.percent), found.category) == ("66.67", Category.KMS)
    assert found.arithmetic == "rata-rata 2 persentase = 66.67"


@pytest.mark.parametrize("reached", [{"a": Decimal(4)}, {"a": Decimal(4), "b": None}])
def test_what_was_not_assessed_waits_for_a_person(rules: RuleSet, reached: dict[str, Decimal | None]) -> None:
    found = match(reached, {"a": 4, "b": 4}, rules)
    assert (found.percent, found.category, found.missing) == (None, None, ("b",))
    assert found.arithmetic == "belum lengkap; perlu diperiksa"
    assert [(line.counted, line.gap) for line in found.lines] == [(4, 0), (None, None)]


@pytest.mark.parametrize("level", ["-0.01", "5.01", "NaN"])
def test_a_level_is_zero_to_five(rules: RuleSet, level: str) -> None:
    with pytest.raises(CompetencyError, match=f"a: level {level} is not between 0 and 5"):
        match({"a": Decimal(level)}, {"a": 4}, rules)


def test_levels_at_the_ends_are_accepted(rules: RuleSet) -> None:
    assert match({"a": Decimal(0), "b": Decimal(5)}, {"a": 5, "b": 5}, rules).percent == 50


def test_a_competency_outside_the_standard_is_refused(rules: RuleSet) -> None:
    with pytest.raises(CompetencyError, match="charm is not in the competency standard"):
        match({"a": Decimal(4), "charm": Decimal(5)}, {"a": 4}, rules)


@given(st.lists(LEVELS, min_size=9, max_size=9))
def test_a_match_is_between_zero_and_a_hundred(rules: RuleSet, levels: list[Decimal]) -> None:
    required = standard("pratama", rules)
    found = match(dict(zip(Competency, levels, strict=True)), required, rules)
    assert found.percent is not None
    assert 0 <= found.percent <= 100
    assert (found.percent == 100) is all(level >= 4 for level in levels)


def test_categories_have_names(rules: RuleSet) -> None:
    assert [category(Decimal(p), rules).label for p in (100, 70, 10)] == [
        "Memenuhi Syarat",
        "Masih Memenuhi Syarat",
        "Kurang Memenuhi Syarat",
    ]


def test_below_every_threshold_stands_the_lowest_category(rules: RuleSet) -> None:
    chosen = with_values(rules, {"assessment.categories": ("KMS=10", "MS=90", "MMS=50")})
    assert [category(Decimal(p), chosen) for p in (90, 50, 10, 9)] == ["MS", "MMS", "KMS", "KMS"]


@pytest.mark.parametrize(
    ("used", "may"),
    [(date(2024, 2, 28), False), (date(2024, 2, 29), True), (date(2026, 2, 28), True), (date(2026, 3, 1), False)],
)
def test_an_assessment_is_used_again_for_whole_months(rules: RuleSet, used: date, may: bool) -> None:
    assert reusable(date(2024, 2, 29), used, rules) is may
