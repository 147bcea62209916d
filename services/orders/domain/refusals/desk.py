"""Refusals about the verification desk: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "order.nothing_to_undo": (409, "没有可撤回的验收结论", "There is no judgement to take back"),
    "order.undone_too_soon": (409, "验收结论尚未告知结算，请稍后再试", "The acceptance is not told yet: try again"),
    "order.undone_by_who_judged": (403, "验收人不得撤回自己的结论", "Who judged does not take the judgement back"),
}
