"""Ordered ladders of the civil service: education and rank (golongan ruang)."""

import re
from enum import IntEnum
from typing import Final


class Education(IntEnum):
    """Levels of education in order; D-IV stands equal to S-1 (law.md Q-01)."""

    SD = 1
    SLTP = 2
    SLTA = 3
    D1 = 4
    D2 = 5
    D3 = 6
    S1_D4 = 7
    S2 = 8
    S3 = 9

    @property
    def label(self) -> str:
        """As announcements write it."""
        return _LABELS[self]


_LABELS: Final = {
    Education.SD: "SD",
    Education.SLTP: "SLTP",
    Education.SLTA: "SLTA",
    Education.D1: "D-I",
    Education.D2: "D-II",
    Education.D3: "D-III",
    Education.S1_D4: "S-1/D-IV",
    Education.S2: "S-2",
    Education.S3: "S-3",
}
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_ALIASES: Final = {
    **Education.__members__,
    "SMP": Education.SLTP,
    "SMA": Education.SLTA,
    "SMK": Education.SLTA,
    "S1": Education.S1_D4,
    "D4": Education.S1_D4,
    "S1D4": Education.S1_D4,
    "D4S1": Education.S1_D4,
}
_RANK: Final = re.compile(r"(IV|I{1,3})/([a-e])", re.IGNORECASE)


def parse_education(text: str) -> Education:
    """The level that a text such as `S1`, `S-1/D-IV` or `D-III` names.

    Raises:
        ValueError: it names none.
    """
    parts = re.split(r"[\s/_,.-]+", text.strip().upper())
    plain = "".join(_ROMAN.get(part, part) for part in parts)
    try:
        return _ALIASES[plain]
    except KeyError:
        raise ValueError(f"{text!r} is not a level of education") from None


def rank_order(text: str) -> int:
    """A number by which ranks (`I/a` to `IV/e`) compare: the BKN code, 11 to 45.

    Raises:
        ValueError: the text is no rank.
    """
    match = _RANK.fullmatch(text.strip())
    if match is None or (match[2].lower() == "e" and match[1].upper() != "IV"):
        raise ValueError(f"{text!r} is not a rank such as IV/a")
    return int(_ROMAN[match[1].upper()]) * 10 + "abcde".index(match[2].lower()) + 1
