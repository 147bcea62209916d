"""The data that tests of needs in depth speak of: Ningjin's pack 0002, and what may be asked beside a need's way."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.orders.domain import need
from services.orders.domain.policy import Policy, read_policy
from tests.orders.examples import (
    approved,
    assess,
    at,
    confirm,
    confirmed,
    day,
    home,
    need_registered,
    register_need,
    survey,
    surveyed,
)

PACK_2 = Path(__file__).parents[2] / "deploy/localities/130528/0002.toml"
NINGJIN_2: Policy = read_policy(tomllib.loads(PACK_2.read_text(encoding="utf-8")))
OTHER_PLAN = UUID("00000000-0000-4000-8000-00000000c002")
words = Sealed(box="1.n.words")
known = need.Known(policies=(NINGJIN_2,), next_number=3, home=home, next_in_year=12)
a_need = Specification(need.decider)
waiting = a_need.given(need_registered)
ready = a_need.given(need_registered, surveyed)
was_urgent = replace(need_registered, urgent=True)
helped_first = replace(approved, papers_due=day("2024-09-16"), by="township-2", role="township")

classify = need.Classify(
    difficulty="care", urgency="fast_lane", by="township-1", role="township", at=at("2024-09-03", "15:00")
)
dispute = need.Dispute(reason=words, by="village-2", role="village", at=at("2024-09-04", "16:00"))
disputed = need.Disputed(reason=words, by="village-2", role="village", at=at("2024-09-04", "16:00"))
review = need.HoldReview(
    held_on=day("2024-09-05"), form="meeting", present=9, in_favour=5, minutes=words, by="township-2",
    at=at("2024-09-05", "18:00"),
)  # fmt: skip
reviewed = need.ReviewHeld(
    held_on=day("2024-09-05"), form="meeting", present=9, in_favour=5, supported=True, minutes=words, by="township-2",
    at=at("2024-09-05", "18:00"),
)  # fmt: skip
decide_case = need.DecideCase(
    held_on=day("2024-09-06"), departments=("health", "education"), outcome_code="help", most_fen=1_000_000,
    minutes=words, by="bureau-2", at=at("2024-09-06"),
)  # fmt: skip
watch = need.Watch(reason=words, look_again_on=day("2024-12-02"), by="township-1", role="township", at=at("2024-09-05"))
refuse = need.Refuse(reason=words, by="township-1", role="township", at=at("2024-09-06"))
tell_missing = need.TellMissing(
    documents=("proxy_letter", "illness_proof"), by="township-1", at=at("2024-09-03", "16:00")
)
hang = need.HangNotice(posted_on=day("2024-09-10"), by="township-1", at=at("2024-09-10"))

__all__ = [
    "NINGJIN_2", "OTHER_PLAN", "PACK_2", "a_need", "approved", "assess", "at", "classify", "confirm", "confirmed",
    "day", "decide_case", "dispute", "disputed", "hang", "helped_first", "home", "known", "need_registered", "ready",
    "refuse", "register_need", "review", "reviewed", "survey", "surveyed", "tell_missing", "waiting", "was_urgent",
    "watch", "words",
]  # fmt: skip
