"""``[providers.grading]``: score sheets of the monthly grade, findings, satisfaction."""

from __future__ import annotations

from contracts.policy_pack.entries import Cite
from contracts.values import Value


class Grading(Value):
    """Optional, key by key; what a county does not name has the default that the service documents."""

    cite: Cite
