"""``[providers.exceptions]``: when a visit is odd, and how that may be answered."""

from __future__ import annotations

from contracts.policy_pack.entries import Cite
from contracts.values import Value


class Exceptions(Value):
    """Optional, key by key; what a county does not name has the default that the service documents."""

    cite: Cite
