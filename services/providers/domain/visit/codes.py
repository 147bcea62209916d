"""The catalogue of exceptions: what each code means, its colour and its bounds, what mends it.

Red must be mended before a visit can be accepted by itself; amber may be acknowledged; grey is the platform's fault,
acknowledged by itself and always in the sample of the spot check. Only what a person did can be red, and what is red
by itself is never less than amber; what technique failed to deliver is amber or grey and never costs pay (mission, step
7). A county moves a colour within these bounds (``[providers.exceptions]``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from services.providers.domain.excepting import Excepting
from services.providers.domain.visit.words import Colour, Noticed

Mends = Literal["times", "proof", "papers", "place", "goods", "code", "packet", "nothing"]


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """``of_person``: somebody did it, else technique failed. ``mends``: what a provider can add."""

    colour: Colour
    of_person: bool
    chinese: str
    english: str
    mends: Mends

    @property
    def bounds(self) -> tuple[Colour, Colour]:
        """The least and the most colour that a county may give it."""
        return ("amber", "red") if self.of_person else ("grey", "amber")


def _did(colour: Colour, mends: Mends, chinese: str, english: str) -> Meaning:
    return Meaning(colour=colour, of_person=True, chinese=chinese, english=english, mends=mends)


def _failed(mends: Mends, chinese: str, english: str) -> Meaning:
    return Meaning(colour="amber", of_person=False, chinese=chinese, english=english, mends=mends)


CODES: Mapping[str, Meaning] = {
    "outside_window": _did(
        "amber", "times", "服务日不在订单服务期内", "The service day lies outside the order's window"
    ),
    "off_schedule": _did("amber", "times", "开始时间与预约不符", "It began at another time than was agreed"),
    "too_short": _did("amber", "times", "服务时长过短", "It was shorter than the item takes"),
    "too_long": _did("amber", "times", "服务时长过长", "It was longer than the item can take"),
    "out_of_reach": _did("amber", "place", "报告位置离村过远", "It was reported from too far away from the village"),
    "overlap_worker": _did("red", "times", "同一人员同一时间在两处服务", "The worker was in two homes at once"),
    "impossible_travel": _did(
        "red", "times", "两次服务之间来不及到达", "Nobody gets from one visit to the other so fast"
    ),
    "photo_reused": _did("red", "proof", "照片已用于其他服务", "A photo was told for another visit"),
    "photo_alike": _did("amber", "proof", "照片与其他服务的照片近似", "A photo is almost one of another visit"),
    "photo_out_of_time": _did("amber", "proof", "照片不在服务时间内拍摄", "A photo was taken at another time"),
    "proof_missing": _did("amber", "proof", "证明方式不足", "It is proved in fewer ways than the county asks for"),
    "photos_missing": _did("amber", "proof", "照片张数不足", "There are too few photos"),
    "register_line_missing": _did(
        "amber", "proof", "纸质记录未注明登记册行号", "The line of the register is not named"
    ),
    "receipt_missing": _did("amber", "proof", "缺少签收单", "There is no picture of the receipt"),
    "goods_untold": _did("amber", "goods", "未说明发放物品", "It does not say what was handed over"),
    "goods_short": _did("red", "goods", "发放物品少于订单", "Less was handed over than ordered"),
    "goods_more": _did("amber", "goods", "发放物品多于订单", "More was handed over than ordered"),
    "worker_unqualified": _did(
        "red", "papers", "人员当日无该项目所需资格", "Without the item's qualification that day"
    ),
    "worker_untrained": _did("amber", "papers", "人员当日无有效培训", "The worker's training did not count that day"),
    "identical_minutes": _did("amber", "times", "多户连续报告相同时长", "Home after home took the same minutes"),
    "place_doubtful": _did("amber", "place", "设备位置可能为模拟", "The device may have made its place up"),
    "place_missing": _failed("place", "没有位置", "No place was told"),
    "code_missing": _failed("code", "没有确认码", "The person's code was not told"),
    "code_wrong": _failed("code", "确认码不符", "The person's code is another"),
    "reported_late": _failed("nothing", "报告过迟", "It was reported late"),
    "clock_skewed": _failed("nothing", "设备时钟不准，已校正", "The device's clock was wrong and was set right"),
    "sequence_gap": _failed("packet", "离线数据包序号不连续", "A packet of the device is missing"),
}


def colour_of(code: str, rules: Excepting) -> Colour:
    """The county's colour, within the bounds; a code that was there once and is no more is amber."""
    meaning = CODES.get(code)
    if meaning is None:
        return "amber"
    if meaning.of_person:
        return "red" if code in rules.red else "amber" if code in rules.amber else meaning.colour
    return "grey" if code in rules.grey else meaning.colour


def noticed(checks: Iterable[tuple[str, bool]], rules: Excepting, *, grey: Iterable[str] = ()) -> tuple[Noticed, ...]:
    """Those that hold, each once, with their colours; ``grey`` are those that were the platform's fault."""
    excused = frozenset(grey)
    codes = dict.fromkeys(code for code, holds in checks if holds)
    return tuple(Noticed(code=code, colour="grey" if code in excused else colour_of(code, rules)) for code in codes)
