"""A stratum that fails raises its own rate for the batches to come, and falls back after enough clean ones."""

from __future__ import annotations

from dataclasses import replace

from services.orders.domain.drawing import Stratum
from services.orders.domain.policy.spot_checks import SpotRules


def looked_at(stratum: Stratum, checked: int, rejected: int, rules: SpotRules) -> Stratum:
    """The stratum with the rate of its next batch; ``checked`` and ``rejected`` are its results of the year so far.

    Only what was inspected since the last batch decides: a batch that nothing is known of yet changes nothing.
    """
    new, bad = checked - stratum.checked, rejected - stratum.rejected
    level, clean = stratum.level, stratum.clean
    if new > 0 and bad * 100 >= rules.fail_percent * new and bad > 0:
        level, clean = min(level + 1, len(rules.raised)), 0
    elif new > 0 and level:
        clean += 1
        if clean >= rules.clean_batches:
            level, clean = level - 1, 0
    percent = max(rules.percent, rules.raised[level - 1]) if level else rules.percent
    return replace(stratum, percent=percent, level=level, clean=clean, checked=checked, rejected=rejected)
