"""What an answer means for the matrix.

yes       answered; or refused by a rule of the business, which whoever may not ask is never told (409, 412, 422)
token     there is no valid token
role      this role never does this
scope     the token was not given for this
county    township    owner    not what is the caller's own
conflict  this person may not, because of what they did before
policy    the county's rules give it to another body
hidden    as if it were not there: not found, or not among the rows
none      the relation has no meaning for the operation
"""

from __future__ import annotations

from tests.walls.asking import Answer

NOBODY, NONE, YES, HIDDEN = "nobody", "none", "yes", "hidden"
BY_CODE = {
    "forbidden.role": "role",
    "forbidden.scope": "scope",
    "forbidden.county": "county",
    "forbidden.township": "township",
    "forbidden.owner": "owner",
    "forbidden.conflict": "conflict",
    "forbidden.field": "field",
    "order.verifier_reported_it": "conflict",
    "order.verifier_handled_the_need": "conflict",
    "order.undone_by_who_judged": "conflict",
    "appeal.answered_by_who_rejected": "conflict",
    "correction.classed_by_who_corrected": "conflict",
    "approval.same_person": "conflict",
    "need.confirmer_assessed": "conflict",
    "need.confirmer_surveyed": "conflict",
    "need.surveyor_decided": "conflict",
    "need.surveyor_verified": "conflict",
    "need.decider_verified": "conflict",
    "approval.no_seat": "policy",
    "need.not_yours_to_decide": "policy",
    "care.not_yours_to_decide": "policy",
    "order.not_yours_to_form": "policy",
    "order.not_yours_to_verify": "policy",
    "order.through_the_charity": "policy",
    "referral.not_yours": "policy",
    "plan.not_yours_to_change": "policy",
    "plan.service_plan_not_yours": "owner",
    "override.not_your_role": "policy",
    "exception.not_yours_to_resolve": "policy",
    "exception.resolver_reported_it": "conflict",
    "offer.not_yours": "owner",
    "visit.not_your_order": "owner",
    "late_report.reporter_decides": "conflict",
    "month_grade.assessed_by_signer": "conflict",
    "month_grade.judged_by_same": "conflict",
    "finding.opener_reinspects": "conflict",
    "clock.fixed": "policy",
    "spot_check.not_a_party": "owner",
    "inspection.not_yours": "owner",
    "inspection.had_a_hand": "conflict",
}
"""Every code that is answered with 403."""
BUSINESS = (409, 412, 422)
"""Conflict, version, content: who gets these was let in."""


def outcome(answer: Answer, row: str = "") -> str:
    """The word for an answer; ``row`` is the id by which rows of the spot are known. ValueError for what no valid
    request is answered."""
    if answer.status == 401:
        return "token"
    if answer.status == 403 and answer.code in BY_CODE:
        return BY_CODE[answer.code]
    if answer.status == 404:
        return HIDDEN
    if answer.status in BUSINESS and not answer.code.startswith(("body.", "idempotency_key.")):
        return YES
    if answer.status >= 300:
        raise ValueError(f"{answer.status} {answer.body.decode()}")
    return YES if row.encode() in answer.body else HIDDEN
