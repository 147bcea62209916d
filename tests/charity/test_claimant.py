"""A claimant has at most so many claims open at once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from chassis.kernel import Sealed
from services.charity.domain.claimant import ClaimClosed, ClaimOpened, Close, Open, Register, Registered
from services.charity.domain.policy import Policy
from tests.charity.examples import A_CLAIMANT, NOW, ORDER_ID, POLICY

REGISTER = Register(kind="person", name=Sealed(box="1.n.c"), phone=Sealed(box="1.p.c"), at=NOW)
REGISTERED = Registered(kind="person", name=Sealed(box="1.n.c"), phone=Sealed(box="1.p.c"), at=NOW)


def allowing(quota: int) -> Policy:
    return replace(POLICY, quota=quota)


def opening(number: int) -> Open:
    return Open(claim_id=UUID(int=number), order_id=ORDER_ID, at=NOW)


def opened(number: int) -> ClaimOpened:
    return ClaimOpened(claim_id=UUID(int=number), order_id=ORDER_ID, at=NOW)


def test_is_registered_once() -> None:
    A_CLAIMANT.when(REGISTER).then(REGISTERED)
    A_CLAIMANT.given(REGISTERED).when(REGISTER).rejected("claimant.registered_already")


def test_opens_claims_up_to_the_quota() -> None:
    A_CLAIMANT.given(REGISTERED, opened(1)).when(opening(2), known=allowing(2)).then(opened(2))
    history = A_CLAIMANT.given(REGISTERED, opened(1), opened(2))
    history.when(opening(3), known=allowing(2)).rejected("claim.quota_reached", quota=2, left=0)


def test_opening_the_same_claim_again_changes_nothing() -> None:
    A_CLAIMANT.given(REGISTERED, opened(1)).when(opening(1), known=allowing(1)).then()


def test_a_claim_that_is_over_counts_no_more() -> None:
    over = ClaimClosed(claim_id=UUID(int=1), why="withdrawn", at=NOW)
    A_CLAIMANT.given(REGISTERED, opened(1)).when(Close(claim_id=UUID(int=1), why="withdrawn", at=NOW)).then(over)
    A_CLAIMANT.given(REGISTERED, opened(1), over).when(opening(2), known=allowing(1)).then(opened(2))


def test_a_claim_ends_once() -> None:
    A_CLAIMANT.given(REGISTERED).when(Close(claim_id=UUID(int=1), why="lapsed", at=NOW)).then()


def test_what_was_fulfilled_is_counted() -> None:
    done = ClaimClosed(claim_id=UUID(int=1), why="fulfilled", at=NOW)
    left = ClaimClosed(claim_id=UUID(int=2), why="lapsed", at=NOW)
    history = A_CLAIMANT.given(REGISTERED, opened(1), opened(2), done, left)
    assert history.when(opening(3), known=allowing(9)).state.fulfilled == 1


def test_nobody_claims_unregistered_or_without_a_policy() -> None:
    A_CLAIMANT.when(opening(1), known=allowing(3)).rejected("claimant.unknown")
    A_CLAIMANT.given(REGISTERED).when(opening(1), known=None).rejected("policy.none_in_force")
