"""Other ends of a need: refused with a reason handed over, watched, forwarded, or ordered where nobody sells."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from careloop.demo import needing
from careloop.demo.calendar import EVENING, instant
from careloop.demo.caller import BUREAU, Actor
from careloop.demo.cast import MOVES, PHASED_OUT, REFUSED, Cast, Helped
from careloop.demo.stage import Stage

FOUND, SURVEYED, DECIDED, HANDED = date(2024, 11, 4), date(2024, 11, 5), date(2024, 11, 6), date(2024, 11, 8)
GIVEN_UP = date(2024, 11, 9)
RARE = "social_inclusion"
"""An item that no agreement lists."""
CLAIMABLE_DAYS = 10


async def step(stage: Stage, cast: Cast, day: date, charity: Actor) -> bool:
    """What happens on ``day``; whether anything did."""
    if day == FOUND:
        for one in cast.playing(REFUSED, PHASED_OUT, MOVES):
            await _register(stage, one)
    elif day == SURVEYED:
        for one in cast.playing(REFUSED, PHASED_OUT):
            await needing.survey(stage, one, stage.notes.ids[_note(one)], f"{one.key}:further")
    elif day == DECIDED:
        for one in cast.playing(REFUSED):
            await _refuse(stage, one)
        for one in cast.playing(PHASED_OUT):
            await _approve(stage, one)
    elif day == HANDED:
        for one in cast.playing(REFUSED):
            await _hand(stage, one)
        for one in cast.playing(MOVES):
            await _answered(stage, one)
    elif day == GIVEN_UP:
        for one in cast.playing(PHASED_OUT):
            await _give_to_charity(stage, one, charity)
    return day in (FOUND, SURVEYED, DECIDED, HANDED, GIVEN_UP)


def _note(one: Helped) -> str:
    return f"further:{one.person.number}"


async def _register(stage: Stage, one: Helped) -> None:
    """A further need of somebody who has a plan; one of them is the business of another department."""
    item = RARE if one.person.role == PHASED_OUT else "individual_service"
    await stage.notes.once(_note(one), lambda: _need(stage, one, item, "conversation", "further"))
    if one.person.role == REFUSED:
        await stage.notes.once(f"watched:{one.person.number}", lambda: _need(stage, one, item, "window", "watched"))
        await _watch(stage, one, stage.notes.ids[f"watched:{one.person.number}"])
    if one.person.role == MOVES:
        await stage.notes.once(f"forwarded:{one.person.number}", lambda: _forward(stage, one))


async def _need(stage: Stage, one: Helped, item: str, channel: str, what: str) -> str:
    body = {"person_id": one.id, "items": [item], "channel": channel}
    answer = await stage.caller.post("orders", "/v1/needs", body, by=one.finder, key=f"{one.key}:{what}")
    return str(answer.body["id"])


async def _watch(stage: Stage, one: Helped, need: str) -> None:
    """Not eligible yet: looked at again in January."""
    body = stage.sealed({"reason": "收入核对中，暂不符合（示例）", "look_again_on": "2025-01-10"}, "reason")
    await stage.caller.decide("orders", f"/v1/needs/{need}", "watch", body, by=one.officer, key=f"{one.key}:watch")


async def _forward(stage: Stage, one: Helped) -> str:
    body: dict[str, Any] = {
        "person_id": one.id,
        "need_id": stage.notes.ids[_note(one)],
        "department": "medical_insurance",
        "matter_code": "outpatient_costs",
        "note": "慢性病门诊费用请协助（示例）",
    }
    told = stage.sealed(body, "note")
    answer = await stage.caller.post("orders", "/v1/forwardings", told, by=one.officer, key=f"{one.key}:forward")
    return str(answer.body["id"])


async def _answered(stage: Stage, one: Helped) -> None:
    """The department received it, took it, helped; the township closes it and the need."""
    path, by, key = f"/v1/forwardings/{stage.notes.ids[f'forwarded:{one.person.number}']}", one.officer, one.key
    await stage.caller.decide("orders", path, "receipt", {"reference": "YB-2024-1"}, by=by, key=f"{key}:receipt")
    answer = stage.sealed({"result": "helped", "note": "已纳入门诊慢病保障（示例）"}, "note")
    await stage.caller.decide("orders", path, "answer", answer, by=by, key=f"{key}:answer")
    await stage.caller.decide("orders", path, "closure", {"outcome_code": "helped"}, by=by, key=f"{key}:closure")
    need = f"/v1/needs/{stage.notes.ids[_note(one)]}"
    body = {"reason_code": "helped_elsewhere"}
    await stage.caller.decide("orders", need, "withdrawal", body, by=by, key=f"{key}:withdrawal")


async def _refuse(stage: Stage, one: Helped) -> None:
    """A written reason; who may read it reads it for a purpose."""
    body = stage.sealed({"reason": "该事项已由其他制度保障（示例）"}, "reason")
    path, key = f"/v1/needs/{stage.notes.ids[_note(one)]}", f"{one.key}:refuse"
    await stage.caller.decide("orders", path, "refusal", body, by=one.officer, key=key)


async def _hand(stage: Stage, one: Helped) -> None:
    body = {"handed_on": HANDED.isoformat(), "way": "in_person"}
    path, key = f"/v1/needs/{stage.notes.ids[_note(one)]}", f"{one.key}:handed"
    await stage.caller.decide("orders", path, "refusal-notice", body, by=one.finder, key=key)


async def _approve(stage: Stage, one: Helped) -> None:
    """Approved and ordered once, though no agreement lists it."""
    need, key = stage.notes.ids[_note(one)], f"{one.key}:further"
    await stage.caller.decide("orders", f"/v1/needs/{need}", "confirmation", by=one.officer, key=f"{key}:confirm")
    body = {"items": [{"item": RARE, "per": "as_needed"}], "mode": "purchase"}
    await stage.caller.post("orders", f"/v1/needs/{need}/assessment", body, by=BUREAU, key=f"{key}:assess")
    await stage.rest()
    notice = {"posted_on": DECIDED.isoformat()}
    await stage.caller.post("orders", f"/v1/plans/{one.plan}/notice", notice, by=one.officer, key=f"{key}:notice")
    order = {
        "person_id": one.id, "item": RARE, "township": one.person.township, "village": one.person.village,
        "window_from": DECIDED.isoformat(), "window_to": "2024-11-30", "need_id": need,
    }  # fmt: skip

    async def opened() -> str:
        return str((await stage.caller.post("orders", "/v1/orders", order, by=BUREAU, key=f"{key}:order")).body["id"])

    await stage.notes.once(f"rare:{one.person.number}", opened)


async def _give_to_charity(stage: Stage, one: Helped, charity: Actor) -> None:
    """Nobody was found: the bureau makes it a love order, a gift."""
    expires = instant(GIVEN_UP + timedelta(days=CLAIMABLE_DAYS), EVENING)
    body = {"charity_id": charity.owner, "expires_at": expires.isoformat()}
    path = f"/v1/orders/{stage.notes.ids[f'rare:{one.person.number}']}"
    await stage.caller.decide("orders", path, "love-order", body, by=BUREAU, key=f"{one.key}:love-order")
