"""The sentence that a citizen understands, in both languages."""

from decimal import Decimal

import pytest

from domain.ranking import Ranking, ScoreRow, rank
from domain.scoring.statement import Sentences, statement
from domain.scoring.sway import weight_sway

WEIGHTS = {"track_record": Decimal(20), "assessment": Decimal(25), "paper": Decimal(20), "interview": Decimal("35.0")}
SPANS = {c: (w - 5, w) for c, w in WEIGHTS.items()}
ROUNDED = "Nilai akhir dibulatkan sampai 2 angka di belakang koma; angka 5 dibulatkan ke atas."
ROUNDED_EN = "Totals are rounded to 2 decimals; a 5 is rounded up."


def _rows(**scores: tuple[str | None, ...]) -> list[ScoreRow]:
    return [
        ScoreRow(n, {c: None if s is None else Decimal(s) for c, s in zip(WEIGHTS, given, strict=False)})
        for n, given in scores.items()
    ]


def _flat(*scores: str) -> list[ScoreRow]:
    return _rows(**{f"C{i}": (score,) * 4 for i, score in enumerate(scores)})


def _told(rows: list[ScoreRow], *, places: int = 3, **options: object) -> Sentences:
    ranking = rank(rows, WEIGHTS, **options)  # type: ignore[arg-type]
    return statement(ranking, WEIGHTS, weight_sway(rows, WEIGHTS, ranking, SPANS, places))


def test_a_plain_ranking_is_told_whole() -> None:
    told = _told(_flat("90", "80", "70", "60"))
    assert told.id == (
        "4 peserta diperingkat menurut rekam jejak 20%, asesmen kompetensi 25%, makalah 20%, dan wawancara akhir 35%. "
        f"{ROUNDED} Tidak ada nilai akhir yang sama. "
        "Susunan 3 besar tidak berubah walaupun bobot digeser dalam rentang pedoman."
    )
    assert told.en == (
        "4 candidates were ranked by track record 20%, competency assessment 25%, paper 20%, and final interview 35%. "
        f"{ROUNDED_EN} No two totals are equal. "
        "The first 3 stay the same however the weights move within the guideline's ranges."
    )


def test_only_scored_components_are_told() -> None:
    rows = _rows(A=("90", "80"), B=("70", "60"))
    told = statement(rank(rows, WEIGHTS), WEIGHTS, None)
    assert told.id.startswith("2 peserta diperingkat menurut rekam jejak 20% dan asesmen kompetensi 25%. Nilai akhir")
    assert told.en.startswith("2 candidates were ranked by track record 20% and competency assessment 25%. Totals")
    one = statement(rank(_rows(A=("90",)), WEIGHTS), {}, None)
    assert one.id.startswith("1 peserta diperingkat menurut rekam jejak. ")
    assert one.en.startswith("1 candidate was ranked by track record. ")
    assert one.id.endswith("Tidak ada nilai akhir yang sama.")


def test_nobody_ranked_is_told_as_well() -> None:
    told = statement(Ranking((), (), (), None), {"paper": Decimal(100)}, None)
    assert told.id.startswith("0 peserta diperingkat menurut makalah 100%.")


@pytest.mark.parametrize(
    ("decimals", "indonesian", "english"),
    [
        (0, "Nilai akhir dibulatkan ke bilangan bulat; angka 5 dibulatkan ke atas.", "rounded to whole numbers; a 5"),
        (1, "dibulatkan sampai 1 angka di belakang koma", "rounded to 1 decimal; a 5"),
        (3, "dibulatkan sampai 3 angka di belakang koma", "rounded to 3 decimals; a 5"),
    ],
)
def test_rounding_is_stated(decimals: int, indonesian: str, english: str) -> None:
    told = statement(rank(_flat("80"), WEIGHTS, decimals=decimals), WEIGHTS, None, decimals=decimals)
    assert indonesian in told.id
    assert english in told.en


def test_weighted_points_are_told() -> None:
    told = statement(rank(_flat("10"), WEIGHTS, already_weighted=True), WEIGHTS, None, already_weighted=True)
    assert "wawancara akhir 35%. Nilai itu sudah dikalikan bobotnya. Nilai akhir" in told.id
    assert "final interview 35%. These scores were multiplied by their weights already. Totals" in told.en


def test_the_absent_are_counted_and_not_given_a_zero() -> None:
    told = _told([*_flat("90", "80"), *_rows(Y=("1", None, "1", "1"), Z=(None,) * 4)])
    assert told.id.startswith("2 peserta diperingkat")
    assert "2 peserta tidak hadir: tidak diberi peringkat dan tidak diberi nilai nol." in told.id
    assert "2 absent: without a rank, and not given a zero." in told.en


def test_equal_totals_that_share_a_rank_are_told() -> None:
    told = _told(_flat("90", "80", "80", "70", "70", "1"), places=1)
    assert "2 nilai akhir dicapai lebih dari satu peserta; yang tetap sama berbagi peringkat. Susunan" in told.id
    assert "2 totals were reached by more than one candidate; those who are still equal share a rank. The" in told.en


def test_what_settled_equal_totals_is_told() -> None:
    rows = _rows(A=("80", "80", "80", "80"), B=("70", "80", "90", "80"), C=("80", "80", "80", "80"))
    told = _told(rows, tie_break=("interview", "paper"), seed="x")
    assert (
        "1 nilai akhir dicapai lebih dari satu peserta; urutannya diputus menurut makalah dan undian. Semua" in told.id
    )
    assert "1 total was reached by more than one candidate; the order was settled by paper and lot. Every" in told.en


def test_when_all_are_among_the_first_that_is_told() -> None:
    told = _told([*_flat("90", "80", "70"), *_rows(Z=(None,) * 4)])
    assert told.id.endswith("Semua peserta yang diperingkat termasuk 3 besar.")
    assert told.en.endswith("Everybody ranked is among the first 3.")


def test_the_weights_at_which_the_first_change_are_told() -> None:
    rows = _rows(A=("80", "80", "80", "60"), B=("70", "80", "80", "65.6"))  # level where track record weighs 19.6
    told = _told(rows, places=1)
    assert told.id.endswith("dapat berubah bila bobot digeser dalam rentang pedoman: rekam jejak di bawah 19,6%.")
    assert told.en.endswith("change when the weights move within the guideline's ranges: track record below 19.6%.")


def test_a_weight_that_may_not_grow_is_told() -> None:
    rows = _rows(A=("80", "80", "80", "60"), B=("70", "80", "80", "65.6"))
    wide = {"track_record": (Decimal(20), Decimal(25)), "interview": (Decimal(35), Decimal(40))}
    ranking = rank(rows, WEIGHTS)
    told = statement(ranking, WEIGHTS, weight_sway(rows, WEIGHTS, ranking, wide, 1))
    assert told.id.endswith("rentang pedoman: wawancara akhir di atas 35,71%.")
    assert told.en.endswith("guideline's ranges: final interview above 35.71%.")


def test_what_only_several_weights_together_change_is_told_without_one() -> None:
    rows = _rows(A=("80", "80", "80", "60"), B=("79", "79", "80", "61.28"))  # A leads by 0.002
    spans = {"track_record": (Decimal("19.9"), Decimal(20)), "assessment": (Decimal("24.9"), Decimal(25))}
    ranking = rank(rows, WEIGHTS, decimals=3)
    sway = weight_sway(rows, WEIGHTS, ranking, spans, 1)
    assert sway is not None
    assert [w.free for w in sway.weights] == [True] * 4
    told = statement(ranking, WEIGHTS, sway, decimals=3)
    assert told.id.endswith("Susunan 1 besar dapat berubah bila bobot digeser dalam rentang pedoman.")
    assert told.en.endswith("The first 1 may change when the weights move within the guideline's ranges.")


def test_an_edge_between_equals_is_told() -> None:
    told = _told(_flat("90", "80", "70", "70", "60"))
    assert told.id.endswith("Batas 3 besar terletak di antara peserta yang nilainya sama.")
    assert told.en.endswith("The edge of the first 3 lies between candidates with equal totals.")
