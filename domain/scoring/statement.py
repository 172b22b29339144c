"""A ranking in sentences that a citizen understands, in Indonesian and English; they name no candidate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from domain.labels import COMPONENTS
from domain.ranking import Ranking, RankStatus
from domain.scoring.lottery import LOTTERY
from domain.scoring.sway import Sway, WeightSway
from domain.words import Component

_INDONESIAN: Final[Mapping[str, str]] = MappingProxyType(
    {component.value: name for component, name in COMPONENTS.items()} | {LOTTERY: "undian"}
)
_ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        Component.TRACK_RECORD: "track record",
        Component.ASSESSMENT: "competency assessment",
        Component.PAPER: "paper",
        Component.INTERVIEW: "final interview",
        LOTTERY: "lot",
    }
)


@dataclass(frozen=True)
class Sentences:
    """The same said twice."""

    id: str
    en: str


def statement(
    ranking: Ranking,
    weights: Mapping[str, Decimal],
    sway: Sway | None,
    *,
    decimals: int = 2,
    already_weighted: bool = False,
) -> Sentences:
    """Who was ranked by what, how it was rounded, what equal totals and absence meant, and how sure the first are.

    Args:
        ranking: what was computed.
        weights: percent by component; only those with scores are told.
        sway: how far the weights may move; None says nothing about it.
        decimals: of the totals.
        already_weighted: the scores came multiplied by their weight.
    """
    parts = (
        _counted(ranking, weights, already_weighted=already_weighted),
        _rounded(decimals),
        _absent(ranking),
        _tied(ranking),
        _sure(ranking, sway),
    )
    told = [part for part in parts if part is not None]
    return Sentences(" ".join(part.id for part in told), " ".join(part.en for part in told))


def _counted(ranking: Ranking, weights: Mapping[str, Decimal], *, already_weighted: bool) -> Sentences:
    ranked = sum(r.status is RankStatus.RANKED for r in ranking.ranking)
    scored = list(ranking.ranking[0].components) if ranking.ranking else list(weights)
    parts = [(c, f" {_plain(weights[c])}%" if c in weights else "") for c in scored]
    by = _joined([f"{_INDONESIAN.get(c, c)}{_comma(share)}" for c, share in parts], "dan")
    by_en = _joined([f"{_ENGLISH.get(c, c)}{share}" for c, share in parts], "and")
    how, how_en = ("", "")
    if already_weighted:
        how, how_en = " Nilai itu sudah dikalikan bobotnya.", " These scores were multiplied by their weights already."
    return Sentences(
        f"{ranked} peserta diperingkat menurut {by}.{how}",
        f"{ranked} {'candidate was' if ranked == 1 else 'candidates were'} ranked by {by_en}.{how_en}",
    )


def _rounded(decimals: int) -> Sentences:
    if not decimals:
        return Sentences(
            "Nilai akhir dibulatkan ke bilangan bulat; angka 5 dibulatkan ke atas.",
            "Totals are rounded to whole numbers; a 5 is rounded up.",
        )
    return Sentences(
        f"Nilai akhir dibulatkan sampai {decimals} angka di belakang koma; angka 5 dibulatkan ke atas.",
        f"Totals are rounded to {decimals} {'decimal' if decimals == 1 else 'decimals'}; a 5 is rounded up.",
    )


def _absent(ranking: Ranking) -> Sentences | None:
    count = sum(r.status is RankStatus.ABSENT for r in ranking.ranking)
    if not count:
        return None
    return Sentences(
        f"{count} peserta tidak hadir: tidak diberi peringkat dan tidak diberi nilai nol.",
        f"{count} absent: without a rank, and not given a zero.",
    )


def _tied(ranking: Ranking) -> Sentences:
    """What became of equal totals."""
    if not ranking.ties:
        return Sentences("Tidak ada nilai akhir yang sama.", "No two totals are equal.")
    count = len(ranking.ties)
    told = [
        Sentences(
            f"{count} nilai akhir dicapai lebih dari satu peserta",
            f"{count} {'total was' if count == 1 else 'totals were'} reached by more than one candidate",
        )
    ]
    breakers = list(dict.fromkeys(b for tie in ranking.ties for b in tie.broken_by))
    if breakers:
        told.append(
            Sentences(
                f"urutannya diputus menurut {_joined([_INDONESIAN.get(b, b) for b in breakers], 'dan')}",
                f"the order was settled by {_joined([_ENGLISH.get(b, b) for b in breakers], 'and')}",
            )
        )
    ranks = {r.candidate: r.rank for r in ranking.ranking}
    if any(len({ranks[c] for c in tie.candidates}) < len(tie.candidates) for tie in ranking.ties):
        told.append(Sentences("yang tetap sama berbagi peringkat", "those who are still equal share a rank"))
    return Sentences("; ".join(t.id for t in told) + ".", "; ".join(t.en for t in told) + ".")


def _sure(ranking: Ranking, sway: Sway | None) -> Sentences | None:
    """Whether the first places hold when weights move in their lawful ranges."""
    if sway is None:
        return None
    first = len(ranking.top(sway.places))
    if first == sum(r.status is RankStatus.RANKED for r in ranking.ranking):
        return Sentences(
            f"Semua peserta yang diperingkat termasuk {sway.places} besar.",
            f"Everybody ranked is among the first {sway.places}.",
        )
    if sway.holds:
        return Sentences(
            f"Susunan {sway.places} besar tidak berubah walaupun bobot digeser dalam rentang pedoman.",
            f"The first {sway.places} stay the same however the weights move within the guideline's ranges.",
        )
    if sway.level:
        return Sentences(
            f"Batas {sway.places} besar terletak di antara peserta yang nilainya sama.",
            f"The edge of the first {sway.places} lies between candidates with equal totals.",
        )
    limits = [limit for weight in sway.weights for limit in _limits(weight)]
    found = Sentences(
        f"Susunan {sway.places} besar dapat berubah bila bobot digeser dalam rentang pedoman",
        f"The first {sway.places} may change when the weights move within the guideline's ranges",
    )
    if not limits:
        return Sentences(f"{found.id}.", f"{found.en}.")
    return Sentences(
        f"{found.id}: {_joined([limit.id for limit in limits], 'atau')}.",
        f"{found.en}: {_joined([limit.en for limit in limits], 'or')}.",
    )


def _limits(weight: WeightSway) -> list[Sentences]:
    """At which weight of one component alone the first places change."""
    name, english = (
        _INDONESIAN.get(weight.component, weight.component),
        _ENGLISH.get(weight.component, weight.component),
    )
    lowest, highest = (_plain(limit) for limit in weight.held)
    found = []
    if weight.holds_from > weight.lawful[0]:
        found.append(Sentences(f"{name} di bawah {_comma(lowest)}%", f"{english} below {lowest}%"))
    if weight.holds_to < weight.lawful[1]:
        found.append(Sentences(f"{name} di atas {_comma(highest)}%", f"{english} above {highest}%"))
    return found


def _plain(number: Decimal) -> str:
    """Without trailing zeros."""
    return format(number.normalize(), "f")


def _comma(text: str) -> str:
    return text.replace(".", ",")


def _joined(parts: Sequence[str], word: str) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(parts) < 3:
        return f" {word} ".join(parts)
    return f"{', '.join(parts[:-1])}, {word} {parts[-1]}"
