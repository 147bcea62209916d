"""Routes of policy packs: the bureau publishes, everybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.policies import Adopted
from chassis.service import Ask, Outcome
from services.orders import incoming

routes = Routes(tag="policies")


class PublishPolicy(Body):
    """A policy pack: the TOML text exactly as it is to be kept."""

    document: Annotated[str, Field(min_length=1, max_length=262_144)]


class PolicyAnswer(Body):
    """The version in the log, and the hash by which certificates name it."""

    version: str
    sha256: str
    adopted_at: datetime


class PolicyRow(Body):
    """A version in the order of adoption."""

    version: str
    sha256: str
    adopted_order: int


class PolicyText(PolicyRow):
    """A version with its text."""

    document: str


@routes.post(
    "/v1/policies", body=PublishPolicy, answer=PolicyAnswer, status=201,
    summary="发布政策包 Publish a policy pack",
    refusals=("policy.refused", "policy.extends", "policy.other_county", "policy.version_is_taken"),
)  # fmt: skip
async def publish_policy(call: Call[PublishPolicy]) -> Ask:
    """Publish a version of the county's rules; a pack with faults is refused with every place that is wrong."""
    return call.ask(incoming.published(call.county, call.body.document, call.at), answer=_answer)


def _answer(outcomes: tuple[Outcome, ...]) -> PolicyAnswer:
    adopted: Adopted = outcomes[0].state
    return PolicyAnswer(version=adopted.version, sha256=adopted.sha256, adopted_at=adopted.at)


routes.page(
    "/v1/policies", row=PolicyRow,
    sql="select version, encode(sha256, 'hex') as sha256, adopted_order from policies where county = $1",
    order=("adopted_order",), summary="政策包版本 Versions",
)  # fmt: skip


@routes.get("/v1/policies/{unit}/{number}", answer=PolicyText, summary="政策包原文 The text of a version")
async def one_policy(call: Call[None]) -> dict[str, Any] | None:
    """The text of version ``unit/number`` (``130528/0001``)."""
    return await call.fetchrow(
        "select version, encode(sha256, 'hex') as sha256, adopted_order, document from policies"
        " where county = $1 and version = $2",
        call.county,
        f"{call.path['unit']}/{call.path['number']}",
    )
