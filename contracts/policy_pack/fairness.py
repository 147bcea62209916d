"""``[charity.fairness]``: what keeps claiming fair beyond holds and quota."""

from __future__ import annotations

from contracts.policy_pack.entries import Cite
from contracts.values import Value


class Fairness(Value):
    """Optional, key by key; what a county does not name has the default that the service documents."""

    cite: Cite
