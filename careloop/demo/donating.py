"""Money given: an appeal, a pledge that is paid, donations with receipts, a part set aside; and volunteers' papers.

Certificates are issued over what the bureau verified; one is read by its number, and its document checked.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from careloop.demo.calendar import first_day
from careloop.demo.caller import BUREAU, Actor, Stopped
from careloop.demo.stage import Stage
from careloop.demo.supply import claimant
from careloop.demo.wishes import WISHES
from careloop.demo.world import claimants

APPEALED, PAID, CERTIFIED = 3, 5, 24
"""Days of the month; a run that begins later makes up for them."""
PLEDGED_FEN, GIVEN_FEN, SET_ASIDE_FEN, TARGET_FEN = 300_00, 120_00, 80_00, 2_000_00
PAID_FOR = 0
"""The wish for which an amount is set aside."""
NOT_COVERED = ("support.exceeds_price", "support.order_closed", "pot.not_covered", "support.order_unknown")


async def step(stage: Stage, month: str, charity: Actor, day: date) -> None:
    """What happens on ``day``."""
    steps = {APPEALED: _appeal, PAID: _pay, CERTIFIED: _certify}
    for on, work in steps.items():
        due = day >= first_day(month) + timedelta(days=on - 1)
        await stage.notes.reach(f"giving:{month}:{on}", due, partial(work, stage, month, charity))


async def _appeal(stage: Stage, month: str, charity: Actor) -> None:
    """The bureau records that the charity may raise funds; it appeals; somebody promises."""
    last = first_day(month) + timedelta(days=27)
    qualified = {"number": f"示例募捐{month}", "valid_from": f"{month}-01", "valid_to": last.isoformat()}
    path = f"/v1/charities/{charity.owner}/fundraising"
    await stage.caller.post("charity", path, qualified, by=BUREAU, key=f"fundraising:{month}")
    body = {"title": "冬日送暖（示例）", "first": f"{month}-01", "last": last.isoformat(), "target_fen": TARGET_FEN}

    async def opened() -> str:
        return str(
            (await stage.caller.post("charity", "/v1/appeals", body, by=charity, key=f"appeal:{month}")).body["id"]
        )

    pot = await stage.notes.once(f"appeal:{month}:pot", opened)
    pledge = {"to": {"kind": "appeal", "id": pot}, "amount": PLEDGED_FEN, "shown": "masked"}
    donor = claimants(stage.people)[1]

    async def pledged() -> str:
        by, key = claimant(str(donor.id)), f"pledge:{month}"
        return str((await stage.caller.post("charity", "/v1/pledges", pledge, by=by, key=key)).body["pledge_id"])

    await stage.notes.once(f"pledge:{month}", pledged)


async def _pay(stage: Stage, month: str, charity: Actor) -> None:
    """What was promised arrives, and something from a passer-by; each with a receipt. A part is set aside."""
    pot, day = stage.notes.ids[f"appeal:{month}:pot"], f"{month}-{PAID:02}"
    gifts: tuple[dict[str, Any], ...] = (
        {"pledge": stage.notes.ids[f"pledge:{month}"], "amount": PLEDGED_FEN, "day": day},
        {"to": {"kind": "appeal", "id": pot}, "amount": GIVEN_FEN, "day": day, "shown": "anonymous"},
    )
    for number, body in enumerate(gifts):

        async def given(body: dict[str, Any] = body, number: int = number) -> str:
            key = f"donation:{month}:{number}"
            return str(
                (await stage.caller.post("charity", "/v1/donations", body, by=charity, key=key)).body["donation_id"]
            )

        id = await stage.notes.once(f"donation:{month}:{number}", given)
        receipt = await stage.caller.get("charity", f"/v1/donations/{id}/receipt", by=charity, purpose="交付捐赠人")
        stage.notes.put({f"receipt:{month}:{number}": receipt["receipt"]})
    aside = {"order_id": stage.notes.ids[f"wish:{month}:{PAID_FOR}"], "amount": SET_ASIDE_FEN}
    assert WISHES[PAID_FOR].price_fen
    path, key = f"/v1/pots/{pot}/allotments", f"allot:{month}"
    await stage.caller.post("charity", path, aside, by=charity, key=key, expected=NOT_COVERED)


async def _certify(stage: Stage, month: str, charity: Actor) -> None:
    """Everybody with verified deeds of the month gets a certificate; the first is checked as an employer would."""
    body = {"charity_id": charity.owner, "first": f"{month}-01", "last": f"{month}-{CERTIFIED - 1:02}"}
    numbers = []
    for one in claimants(stage.people):
        record = await stage.caller.get("charity", f"/v1/claimants/{one.id}/service-record", by=BUREAU)
        if one.kind != "person" or not record["deeds"]:
            continue
        path, by = f"/v1/claimants/{one.id}/certificates", claimant(str(one.id))
        nothing = ("certificate.nothing_to_certify",)
        key = f"certificate:{month}:{one.id}"
        answer = await stage.caller.post("charity", path, body, by=by, key=key, expected=nothing)
        if not answer.refusal:
            numbers.append((answer.body["number"], by))
    for number, by in numbers[:1]:
        path = f"/v1/certificates/{number}/document"
        paper = await stage.caller.get("charity", path, by=by, purpose="求职")
        shown = await stage.caller.get("charity", f"/v1/certificates/{number}", by=by)
        told, key = {"document": paper["document"]}, f"genuine:{number}"
        checked = await stage.caller.post("charity", "/v1/certificates/verification", told, by=by, key=key)
        if not checked.body["genuine"] or shown["standing"] != "valid":
            raise Stopped(f"certificate {number} is not taken for genuine: {checked.body['reason']}")
        stage.notes.put({f"certified:{month}": number})
