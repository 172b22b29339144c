"""The gates of a demotion review (design 6.4): what each is, which rule asks for it, what proves it in the state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.review import ReviewState


@dataclass(frozen=True)
class Gate:
    """One gate: its number, its title as a decision prints it, the rule that asks for it, and its proof."""

    number: int
    title: str
    rule: str
    citation: str
    proved: Callable[["ReviewState"], bool]


_PERFORMANCE: Final = "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)"

# Gates 1 to 3 are proved when the review is born: a final rating opens it only if they hold.
GATES: Final = (
    Gate(
        1,
        "Perjanjian kinerja berlaku dan dua belas bulan dalam jabatan",
        "demotion.min_time_in_post_months",
        "PP 11/2017 Pasal 142 ayat (2)",
        lambda _: True,
    ),
    Gate(
        2,
        "Predikat kinerja tahunan yang sudah final",
        "demotion.trigger_predikat",
        "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57",
        lambda _: True,
    ),
    Gate(
        3,
        "Tidak ada keadaan kahar yang diterima",
        "demotion.force_majeure_exempts",
        "PP 30/2019 Pasal 57 ayat (1)-(2)",
        lambda _: True,
    ),
    Gate(
        4,
        "Pemberitahuan tertulis diserahkan dan rencana perbaikan ditetapkan",
        "demotion.improvement_months",
        _PERFORMANCE,
        lambda s: s.improvement_until is not None and bool(s.plan),
    ),
    Gate(
        5,
        "Masa perbaikan selesai dengan dialog kinerja",
        "demotion.improvement_months",
        _PERFORMANCE,
        lambda s: s.improved is not None,
    ),
    Gate(
        6,
        "Evaluasi: kinerja belum membaik",
        "demotion.improvement_months",
        _PERFORMANCE,
        lambda s: s.improved is False,
    ),
    Gate(
        7,
        "Uji kompetensi kembali oleh penilai terakreditasi",
        "demotion.requires_competency_retest",
        "PP 11/2017 Pasal 142 ayat (3); PP 30/2019 Pasal 57 ayat (3)",
        lambda s: s.retested,
    ),
    Gate(
        8,
        "Pertimbangan tim penilai kinerja dan usul Pejabat yang Berwenang",
        "demotion.proposer",
        "PP 11/2017 Pasal 145",
        lambda s: s.opinion_given and s.proposed is not None,
    ),
    Gate(
        9,
        "Pemberitahuan sebelum keputusan dan kesempatan didengar",
        "demotion.notice_working_days",
        "UU 30/2014 Pasal 46-47",
        lambda s: s.decide_from is not None and s.heard,
    ),
    Gate(
        10,
        "Persetujuan instansi lain",
        "bkn.recommendation_before_inauguration",
        "Praktik rekomendasi BKN lewat I-MUT (gerbang G4)",
        lambda s: set(s.needs) <= set(s.cleared),
    ),
    Gate(
        11,
        "Keputusan Pejabat Pembina Kepegawaian",
        "demotion.decider",
        "PP 11/2017 Pasal 145",
        lambda s: s.outcome is not None,
    ),
)


def proved_gates(state: "ReviewState") -> tuple[int, ...]:
    """The numbers of the gates that are proved."""
    return tuple(gate.number for gate in GATES if gate.proved(state))


def require_gates(state: "ReviewState", last: int) -> None:
    """Every gate up to `last` is proved.

    Raises:
        Refused: `gate-open`, naming the first that is not, its rule and article.
    """
    for gate in GATES[:last]:
        if not gate.proved(state):
            raise gate_open(gate)


def gate_open(gate: Gate) -> Refused:
    """The refusal that names an unproved gate."""
    return Refused("gate-open", rule=gate.rule, citation=gate.citation, gate=str(gate.number), title=gate.title)
