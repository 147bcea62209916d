"""``[orders.desk]``: the verification desk: its urgencies, appeals, what may be undone."""

from __future__ import annotations

from contracts.policy_pack.entries import Cite
from contracts.values import Value


class Desk(Value):
    """Optional, key by key; what a county does not name has the default that the service documents."""

    cite: Cite
