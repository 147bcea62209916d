"""A list of people referred: the charity decides content and plan, within what was approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.charity.domain import referral
from tests.charity.examples import CHARITY, NOW

A_REFERRAL = Specification(referral.decider)
NEED, OTHER = UUID(int=0xB1), UUID(int=0xB2)
LISTED = referral.Listed(
    need_id=NEED, person=UUID(int=0xA1), township="130528100", village="130528100201",
    items=(("counselling", 4), ("errands", 0)),
)  # fmt: skip
RECEIVED = referral.Received(
    charity_id=CHARITY, people=(LISTED, replace(LISTED, need_id=OTHER)), decide_by=date(2026, 11, 12), at=NOW
)
CONTENT = referral.DecideContent(
    need_id=NEED, item="counselling", units=4, places=2, expires_at=NOW + timedelta(days=20),
    plan=Sealed(box="1.n.plan"), by="charity-1", at=NOW,
)  # fmt: skip
DECIDED = referral.ContentDecided(**vars(CONTENT))
BACK = referral.SendBack(need_id=OTHER, reason_code="no_means", by="charity-1", at=NOW)
A_LIST = A_REFERRAL.given(RECEIVED)


def test_a_list_is_received_once() -> None:
    receive = referral.Receive(
        charity_id=CHARITY, people=RECEIVED.people, decide_by=RECEIVED.decide_by, at=NOW
    )  # fmt: skip
    A_REFERRAL.when(receive).then(RECEIVED)
    A_LIST.when(receive).then()


def test_the_charity_decides_content_once_for_each() -> None:
    told = A_LIST.when(CONTENT)
    told.then(DECIDED)
    told.when(replace(CONTENT, plan=Sealed(box="1.n.again"))).then()
    told.when(replace(CONTENT, units=3)).rejected("referral.decided_already")
    told.when(replace(BACK, need_id=NEED)).rejected("referral.decided_already")
    assert told.state.undecided == 1


def test_the_content_keeps_within_the_approved_need() -> None:
    A_LIST.when(replace(CONTENT, item="haircut")).rejected("referral.item_not_in_the_need")
    A_LIST.when(replace(CONTENT, units=5)).rejected("referral.units_beyond_the_need", approved=4)
    A_LIST.when(replace(CONTENT, item="errands", units=9)).then(replace(DECIDED, item="errands", units=9))
    A_LIST.when(replace(CONTENT, expires_at=NOW)).rejected("referral.expires_in_the_past")
    A_LIST.when(replace(CONTENT, expires_at=None)).rejected("referral.content_incomplete")
    A_LIST.when(replace(CONTENT, need_id=UUID(int=0xB9))).rejected("referral.person_unknown")
    A_REFERRAL.when(CONTENT).rejected("referral.unknown")


def test_a_person_is_sent_back_with_a_reason() -> None:
    A_LIST.when(replace(BACK, reason_code="")).rejected("referral.reason_missing")
    told = A_LIST.when(BACK)
    told.then(referral.PersonSentBack(need_id=OTHER, reason_code="no_means", by="charity-1", at=NOW))
    told.when(BACK).then()
    told.when(replace(CONTENT, need_id=OTHER)).rejected("referral.decided_already")
