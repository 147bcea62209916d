"""From a need to its approval: every channel, two people who go there, what is asked for once, an objection heard.

Who surveys never confirms, who confirms never verifies: village worker and aide survey, the township confirms, the
bureau assesses, and somebody else of the bureau verifies visits (``verifying``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from careloop.demo.caller import BUREAU, Actor
from careloop.demo.cast import (
    BADLY_SERVED,
    CHANGES_PLAN,
    CHILD,
    DIES,
    DISPUTED_THEN_MOVES_AWAY,
    HAS_CARER,
    IN_HOSPITAL,
    MOVES,
    PAIRED,
    PHASED_OUT,
    REFUSED,
    URGENT_FILED_LATE,
    Helped,
)
from careloop.demo.stage import Stage

HOTLINE = Actor(role="hotline", subject="demo-hotline")
CHANNELS: Mapping[int, str] = {
    CHANGES_PLAN: "window",
    HAS_CARER: "village",
    IN_HOSPITAL: "online",
    MOVES: "data_match",
    URGENT_FILED_LATE: "hotline",
    DIES: "warning",
    PAIRED: "conversation",
    BADLY_SERVED: "device",
    DISPUTED_THEN_MOVES_AWAY: "department",
    REFUSED: "qr_code",
    CHILD: "proxy",
    PHASED_OUT: "village",
}
"""By which way the need of each part is found; all others are found by the village."""
FINDINGS = {"body_and_mind": 3, "daily_care": 3, "family": 1, "social_support": 2}
ANSWERS = {
    "moving": 3, "illness": 3, "mood": 1, "meals": 3, "washing": 3, "housework": 3, "company": 2, "conflict": 0,
    "neighbours": 1, "outside": 2,
}  # fmt: skip
CHILDS_ANSWERS = {
    "growth": 1, "mood": 3, "safety": 1, "carer": 3, "meals": 2, "study": 2, "bond": 2, "conflict": 1, "friends": 2,
    "outside": 2,
}  # fmt: skip
"""Scores for all questions of the instruments of Ningjin's pack."""
NEIGHBOUR, PARTY, VOLUNTEERS = "neighbour_mutual_aid", "party_pairing", "social_work_volunteers"
BESIDE: Mapping[int, Mapping[str, Any]] = {
    CHANGES_PLAN: {"item": "housekeeping", "per": "month", "times": 1, "mode": NEIGHBOUR},
    PAIRED: {"item": "errands", "per": "month", "times": 1, "mode": PARTY},
}
"""What somebody gets beside the programme, by a mode nobody is bought for."""


def wanted(one: Helped, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The items of the person's programme, and what comes beside it."""
    role, programme = one.person.role, one.person.kind.programme
    if one.person.kind.minor:
        return [
            {"item": "counselling", "per": "month", "times": 1, "mode": VOLUNTEERS},
            {"item": "family_companionship", "per": "month", "times": 1, "mode": VOLUNTEERS},
        ]
    return [dict(item) for item in items[programme]] + ([dict(BESIDE[role])] if role in BESIDE else [])


async def register_need(stage: Stage, one: Helped, items: Sequence[Mapping[str, Any]]) -> str:
    """The need, by the channel of the person's part; the id."""
    role = one.person.role
    channel = CHANNELS.get(role, "village")
    body: dict[str, Any] = {"person_id": one.id, "items": [item["item"] for item in items], "channel": channel}
    by = one.finder
    if channel == "hotline":
        by, body = HOTLINE, {**body, "ticket": f"12345-{one.person.number}"}
    if channel == "proxy":
        applicant = {"by": "guardian", "relation_code": "grandparent", "name": f"申请人{one.person.number}（生成）"}
        body |= {"applicant": stage.sealed(applicant, "name"), "owner": one.finder.subject}
    need = await stage.caller.post("orders", "/v1/needs", body, by=by, key=f"{one.key}:need")
    return str(need.body["id"])


async def classify(stage: Stage, one: Helped) -> None:
    """The township accepts the need and says what kind of difficulty it is."""
    body = {"difficulty": "mind" if one.person.kind.minor else "daily_life", "urgency": "ordinary"}
    path = f"/v1/needs/{one.need}/classification"
    await stage.caller.post("orders", path, body, by=one.officer, key=f"{one.key}:classify")


async def survey(stage: Stage, one: Helped, need: str, key: str) -> None:
    """Village worker and aide together, with the instrument's questions."""
    by = one.finder
    answers = CHILDS_ANSWERS if one.person.kind.minor else ANSWERS
    body = {
        "village_worker": by.subject,
        "aide": f"demo-aide-{one.person.township}",
        "findings": FINDINGS,
        "answers": [{"question": question, "score": score} for question, score in answers.items()],
    }
    await stage.caller.post("orders", f"/v1/needs/{need}/survey", body, by=by, key=f"{key}:survey")


async def ask_once(stage: Stage, one: Helped, refused: list[str]) -> None:
    """What can be looked up is not asked for, what is asked for is asked once; a commitment settles it."""
    path, by, key = f"/v1/needs/{one.need}", one.officer, f"{one.key}:papers"
    tries = (["id_card"], ["illness_proof"], ["illness_proof", "bank_card"])
    for number, documents in enumerate(tries):
        answer = await stage.caller.decide(
            "orders", path, "missing-documents", {"documents": documents}, by=by, key=f"{key}:{number}",
            expected=("need.document_can_be_looked_up", "need.asked_once_already"),
        )  # fmt: skip
        if answer.refusal:
            refused.append(answer.refusal)
    body = {"document": "illness_proof", "how": "committed"}
    await stage.caller.decide("orders", path, "documents", body, by=by, key=f"{key}:committed")


async def dispute(stage: Stage, one: Helped) -> None:
    """Somebody objects."""
    body = stage.sealed({"reason": "邻居反映其子女有赡养能力（示例）"}, "reason")
    path, key = f"/v1/needs/{one.need}", f"{one.key}:dispute"
    await stage.caller.decide("orders", path, "dispute", body, by=one.finder, key=key)


async def review(stage: Stage, one: Helped, held: date) -> None:
    """The village's assembly hears it, and most of those present are for it."""
    body = {
        "held_on": held.isoformat(), "form": "meeting", "present": 15, "in_favour": 11,
        "minutes": "到会十五人，十一人同意（示例）",
    }  # fmt: skip
    path, key = f"/v1/needs/{one.need}", f"{one.key}:review"
    told = stage.sealed(body, "minutes")
    await stage.caller.decide("orders", path, "democratic-review", told, by=one.officer, key=key)


async def confirm(stage: Stage, one: Helped) -> None:
    """The township confirms."""
    path = f"/v1/needs/{one.need}"
    await stage.caller.decide("orders", path, "confirmation", by=one.officer, key=f"{one.key}:confirm")


async def assess(stage: Stage, one: Helped, items: Sequence[Mapping[str, Any]]) -> str:
    """The bureau assesses and prices; the plan's id."""
    answers = CHILDS_ANSWERS if one.person.kind.minor else ANSWERS
    body = {
        "items": list(items),
        "mode": "purchase",
        "answers": [{"question": question, "score": score} for question, score in answers.items()],
    }
    path = f"/v1/needs/{one.need}/assessment"
    answer = await stage.caller.post("orders", path, body, by=BUREAU, key=f"{one.key}:assess")
    return str(answer.body["plan_id"])


async def approve_for_charity(
    stage: Stage, one: Helped, items: Sequence[Mapping[str, Any]], key: str, price_fen: int = 0
) -> str:
    """A further need that nobody is bought for, found, surveyed, confirmed and assessed; its id."""
    caller = stage.caller
    body = {"person_id": one.id, "items": [item["item"] for item in items], "channel": "village"}
    need = str((await caller.post("orders", "/v1/needs", body, by=one.finder, key=f"{key}:need")).body["id"])
    told = {
        "village_worker": one.finder.subject, "aide": f"demo-aide-{one.person.township}", "findings": FINDINGS,
    }  # fmt: skip
    await caller.post("orders", f"/v1/needs/{need}/survey", told, by=one.finder, key=f"{key}:survey")
    await caller.decide("orders", f"/v1/needs/{need}", "confirmation", by=one.officer, key=f"{key}:confirm")
    assessment: dict[str, Any] = {"items": list(items), "mode": "charity"}
    if price_fen:
        assessment |= {"price_fen": price_fen, "rule": "love_order"}
    await caller.post("orders", f"/v1/needs/{need}/assessment", assessment, by=BUREAU, key=f"{key}:assess")
    return need
