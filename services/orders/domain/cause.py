"""Why something had to be corrected: errors are told apart from violations (paper 000 on error tolerance).

    objective   nobody is at fault: data matching was not available, the platform failed, a paper came late
    mistake     somebody erred in good faith
    violation   favouring relatives or friends, false records, neglect of duty

A correction keeps its first class; a later judgement of the class is an event of its own beside it.
"""

from __future__ import annotations

from typing import Final, Literal

Cause = Literal["objective", "mistake", "violation"]

CAUSES: Final[tuple[Cause, ...]] = ("violation", "mistake", "objective")
"""From the gravest down, as a correction of a closed month names them (S11)."""
