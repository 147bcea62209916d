"""``[orders.loving]``: who decides what is given, what happens to what nobody claimed, duplicates."""

from __future__ import annotations

from contracts.policy_pack.entries import Cite
from contracts.values import Value


class Loving(Value):
    """Optional, key by key; what a county does not name has the default that the service documents."""

    cite: Cite
