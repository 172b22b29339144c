"""The ladders of education and rank."""

import pytest

from domain.grades import Education, parse_education, rank_order


def test_d_iv_stands_equal_to_s_1() -> None:
    names = ("S1", "S-1", "s1", "D-IV", "D4", "D.IV", "S-1/D-IV", "S1_D4", "D-IV/S-1")
    assert {parse_education(name) for name in names} == {Education.S1_D4}
    assert parse_education("D-III") < parse_education("D4") < parse_education("S-2")
    with pytest.raises(ValueError, match="level of education"):
        parse_education("kursus")


def test_the_ladder_of_education_is_written_as_in_announcements() -> None:
    labels = ["SD", "SLTP", "SLTA", "D-I", "D-II", "D-III", "S-1/D-IV", "S-2", "S-3"]
    assert [level.label for level in sorted(Education)] == labels
    assert [parse_education(label) for label in labels] == sorted(Education)


@pytest.mark.parametrize(
    ("text", "level"),
    [("SMP", Education.SLTP), ("sma", Education.SLTA), (" SMK ", Education.SLTA), ("D.III", Education.D3)],
)
def test_other_names_of_schools_are_read(text: str, level: Education) -> None:
    assert parse_education(text) is level


RANKS = [f"{roman}/{letter}" for roman in ("I", "II", "III", "IV") for letter in "abcd"] + ["IV/e"]


def test_ranks_order_as_the_bkn_codes() -> None:
    codes = [10 * row + column for row in (1, 2, 3, 4) for column in (1, 2, 3, 4)] + [45]
    assert [rank_order(rank) for rank in RANKS] == codes
    assert rank_order(" iv/A ") == 41


@pytest.mark.parametrize("wrong", ["I/e", "III/e", "V/a", "IVa", "IV/f", "IIII/a", "IX", "Pembina", "41", ""])
def test_what_is_no_rank_is_said_to_be_none(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"'{wrong}' is not a rank such as IV/a"):
        rank_order(wrong)
