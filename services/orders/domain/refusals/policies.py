"""Refusals about policy packs: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "policy.none": (409, "本县尚未发布政策包", "The county has no policy pack yet"),
    "policy.refused": (422, "政策包未通过检查", "The policy pack did not pass the check"),
    "policy.other_county": (422, "政策包不属于本县", "The policy pack is another county's"),
    "policy.extends": (
        422,
        "请发布合并后的完整政策包",
        "Publish the merged pack: one that extends another is not taken",
    ),
    "policy.version_is_taken": (409, "该版本号已被另一政策包使用", "The version belongs to another pack"),
    "policy.item_unknown": (422, "服务清单中没有该项目", "The catalogue has no such item on that day"),
    "policy.item_not_by_this_mode": (422, "该项目不能以此方式提供", "The item is not given by this mode"),
    "policy.category_unknown": (422, "政策包中没有该对象类别", "The policy pack has no such category"),
}
