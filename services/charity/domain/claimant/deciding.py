"""The rules of a claimant's file and of its open claims."""

from __future__ import annotations

from chassis.kernel import Rejected
from services.charity.domain import calendar, credit_code
from services.charity.domain.claimant.messages import (
    Assess,
    Assessed,
    Block,
    Blocked,
    ClaimClosed,
    ClaimOpened,
    ClaimPlanned,
    ClaimReopened,
    ClaimTurnedDown,
    Close,
    Command,
    ConfirmSkill,
    Consent,
    Consented,
    Event,
    OfFile,
    Open,
    Plan,
    Register,
    Registered,
    Reopen,
    SkillConfirmed,
    TurnDown,
    Unblock,
    Unblocked,
)
from services.charity.domain.claimant.state import Claimant, blocker
from services.charity.domain.claimant.suiting import quota, refuse_overlap, refuse_unless_suited
from services.charity.domain.policy import Policy


def decide(command: Command, claimant: Claimant, known: Policy | None) -> list[Event]:
    """``known`` is the policy in force, None where there is none."""
    match command:
        case Open():
            return _open(command, claimant, known)
        case Plan() if claimant.windows.get(command.claim_id) == command.window:
            return []
        case Plan():
            refuse_overlap(claimant, command.claim_id, command.window)
            return [ClaimPlanned(**vars(command))]
        case Close() if command.claim_id not in claimant.open_claims:
            return []
        case Close():
            return [ClaimClosed(**vars(command))]
        case Reopen() if command.claim_id in claimant.open_claims or not claimant.fulfilled:
            return []
        case Reopen():
            return [ClaimReopened(**vars(command))]
        case TurnDown():
            return [ClaimTurnedDown(**vars(command))] if claimant.fulfilled else []
        case _:
            return _of_file(command, claimant)


def _open(command: Open, claimant: Claimant, policy: Policy | None) -> list[Event]:
    if claimant.registered is None:
        raise Rejected("claimant.unknown")
    if command.claim_id in claimant.open_claims:
        return []
    if policy is None:
        raise Rejected("policy.none_in_force")
    if command.asked is not None:
        refuse_unless_suited(claimant, command.asked, policy, command.at)
    allowed = quota(claimant, command.asked, policy, command.at)
    if len(claimant.open_claims) >= allowed:
        raise Rejected("claim.quota_reached", quota=allowed, left=0)
    refuse_overlap(claimant, command.claim_id, command.window)
    return [ClaimOpened(claim_id=command.claim_id, order_id=command.order_id, window=command.window, at=command.at)]


def _of_file(command: OfFile, claimant: Claimant) -> list[Event]:
    if isinstance(command, Register):
        return _register(command, claimant)
    if claimant.registered is None:
        raise Rejected("claimant.unknown")
    today = calendar.day_of(command.at)
    match command:
        case ConfirmSkill() | Assess() | Consent() if command.valid_to is not None and command.valid_to < today:
            raise Rejected("claimant.day_is_past")
        case ConfirmSkill():
            known = command.skill in claimant.skills and claimant.skills[command.skill] == command.valid_to
            return [] if known else [SkillConfirmed(**vars(command))]
        case Assess():
            return [Assessed(**vars(command))]
        case Consent():
            return [Consented(**vars(command))]
        case Block() if command.until < today:
            raise Rejected("claimant.day_is_past")
        case Block():
            return [Blocked(**vars(command))]
        case Unblock():
            return [Unblocked(**vars(command))] if blocker(command.charity) in claimant.blocks else []


def _register(command: Register, claimant: Claimant) -> list[Event]:
    if claimant.registered is not None:
        raise Rejected("claimant.registered_already")
    if command.credit_code and (command.kind != "company" or not credit_code.is_valid(command.credit_code)):
        raise Rejected("claimant.credit_code_wrong")
    if command.kind == "company" and command.born_in is not None:
        raise Rejected("claimant.born_a_company")
    return [Registered(**vars(command))]
