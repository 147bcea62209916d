"""What follows from photos and packets of devices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.service import Due, Recorded, Step, WhenDue
from services.providers.domain import device, visit


def of_photos(recorded: Recorded, _state: Any) -> Iterable[Due | Step]:
    """The packet that was missing has come: the visits after it stand after no gap any more."""
    event = recorded.event
    if isinstance(event, device.PacketTaken):
        for one in event.closes:
            yield Step(decider=visit.decider, stream=one, command=visit.CloseGap(at=event.at))


WHEN_DUE: Mapping[str, WhenDue] = {}
