"""``[orders.complaints]``: complaints and hot-line tickets: their clocks."""

from __future__ import annotations

from contracts.policy_pack.entries import Cite
from contracts.values import Value


class Complaints(Value):
    """Optional, key by key; what a county does not name has the default that the service documents."""

    cite: Cite
