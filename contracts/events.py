"""What every public event is: a body with its instant, and a type name with a version that readers choose by."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from contracts.concerns import Concerns
from contracts.values import Public


class Event(Public):
    """A public event's body. ``at`` is when it happened (UTC); ``TYPE`` is ``<service>.<event>.v<n>``.

    ``CONCERNS`` says who hears of it besides those who hear everything of the county. What ``TELLS_OF_HEALTH`` (tiers,
    days in hospital) is kept from those of them who may not see fields of health.
    """

    TYPE: ClassVar[str]
    CONCERNS: ClassVar[Concerns]
    TELLS_OF_HEALTH: ClassVar[bool] = False

    at: datetime
