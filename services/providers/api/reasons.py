"""Why a provider was not chosen, in words, by the code that stands in an explained match."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    "item_not_agreed": ("协议不含该服务项目", "No agreement lists the item"),
    "township_not_agreed": ("协议不含该乡镇", "No agreement lists the township"),
    "agreement_not_valid": ("协议期不覆盖服务时段", "The agreement does not cover the days"),
    "provider_suspended": ("机构暂停或已移出名录", "The provider is suspended or off the register"),
    "certificate_ends": ("资质证书在服务期内到期", "A certificate ends before the last day"),
    "agreement_used_up": ("协议总量已用完", "The agreement is used up"),
    "no_outlet_open": ("当期没有开放的服务网点", "No outlet is open on these days"),
    "qualification_ends": ("资质在服务期内到期", "The licence ends before the last day"),
    "certificate_missing": ("缺少该项目要求的资质证书", "A certificate that the item asks for is missing"),
    "no_worker_there": ("该乡镇没有服务人员", "No worker in the township"),
    "worker_not_qualified": ("服务人员没有该项目要求的资格", "No worker has the qualification the item asks for"),
    "worker_not_trained": ("服务人员没有有效培训记录", "No worker has a valid training"),
    "out_of_reach": ("服务人员不在规定时间服务圈内", "No worker reaches the village in the time allowed"),
    "workers_full": ("服务人员当月接单已满", "Every worker's month is full"),
    "capacity_reached": ("协议当月服务量已满", "The agreement's month is full"),
    "another_worker_serves_the_person": ("由上次上门的服务人员继续服务", "The worker who came last comes again"),
    "another_serves_the_person": ("由已在服务该对象的机构承接", "The provider that serves the person goes on"),
    "farther": ("路程更远", "The way is longer"),
    "more_loaded": ("服务量占用更高", "More of its capacity is in use"),
    "had_its_share": ("已超过约定份额", "It has had more than its agreed share"),
    "later_id": ("条件相同，按编号先后", "All else equal, the smaller id comes first"),
    "needed_elsewhere": ("统筹后安排到其他订单", "Needed elsewhere: all orders together cost less this way"),
    "declined": ("已拒绝该订单", "It declined the order"),
    "offer_expired": ("超时未答复", "It did not answer in time"),
    "most_offers_made": ("派单次数已达上限", "No more offers are made for the order"),
    "no_agreement": ("没有任何服务协议", "There is no agreement at all"),
}
"""By code: Chinese, English. A code that another version told and this one does not know has no words."""


def words(code: str | None) -> tuple[str, str]:
    """Chinese and English; empty where nothing is to be said."""
    return REASONS.get(code, ("", "")) if code else ("", "")
