"""The recorders of a selection's acts, by name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from records.acts import announcement, appointment, lanes, scoring, stages
from records.acts.acting import Recorder

RECORDERS: Final[Mapping[str, Recorder]] = MappingProxyType(
    {
        **announcement.RECORDERS,
        "assign": scoring.assign,
        "open_seals": scoring.open_seals,
        "announce_result": stages.announce_result,
        "advance": stages.advance,
        "repeat_stage": stages.repeat_stage,
        **appointment.RECORDERS,
        **lanes.RECORDERS,
    }
)
