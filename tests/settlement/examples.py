"""What the tests of the settlement service speak of: one county, one provider, a person cared for at home."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from contracts import charity, orders, providers
from contracts.facts import AgreedFact, BundleDays, BundleMonthFact, SealFact, ServiceFact, VoidFact
from services.settlement.domain import locality

COUNTY = "130528"
TOWNSHIP = "130528101"
PERSON = UUID(int=0x101)
NEIGHBOUR = UUID(int=0x102)
PROVIDER = UUID(int=0x201)
CLAIMANT = UUID(int=0x301)
PLAN = UUID(int=0x401)
NOW = datetime(2024, 12, 1, 1, 0, tzinfo=UTC)
"""The first of December, nine in the morning in Ningjin: November is over."""

DOCUMENT = (Path(__file__).parents[2] / "deploy/localities/130528/0001.toml").read_text()
POLICY = locality.read(tomllib.loads(DOCUMENT))
SOFT = DOCUMENT.replace(
    '[[settlement.fund]]\nid = "work_fund"\nowner = "county"\n',
    '[[settlement.fund]]\nid = "work_fund"\nowner = "county"\nbase = "assistance_pool"\npercent = "1"\nmode = "soft"\n'
    'override_role = "finance"\n',
).replace('"130528/0001"', '"130528/0002"')
"""The same pack with a soft cap of one percent on the work fund."""


def adopted(document: str = DOCUMENT) -> orders.PolicyAdopted:
    """The pack is published."""
    version = tomllib.loads(document)["pack"]["version"]
    digest = sha256(document.encode()).hexdigest()
    return orders.PolicyAdopted(at=NOW, version=version, sha256=digest, document=document)


def bundle(month: str = "2024-11", person: UUID = PERSON, last_day: int = 30, **more: Any) -> orders.BundleMonth:
    """A dispersed destitute person, fully unable, assigned to the provider all month: 300 yuan."""
    days = BundleDays(
        from_day=date.fromisoformat(f"{month}-01"),
        to_day=date.fromisoformat(f"{month}-{last_day}"),
        tier="full",
        categories=("destitute_dispersed",),
        age=71,
        assigned=True,
    )
    fact = BundleMonthFact(
        month=month,
        payee=str(PROVIDER),
        purchaser=COUNTY,
        township=TOWNSHIP,
        person=str(person),
        days=(days,),
        **more,
    )
    return orders.BundleMonth(at=NOW, plan_id=PLAN, fact=fact)


def verified(day: str = "2024-11-05", person: UUID = PERSON, time: str = "09:00") -> orders.OrderVerified:
    """A meal was brought and accepted."""
    fact = ServiceFact(
        day=date.fromisoformat(day),
        time=time,
        payee=str(PROVIDER),
        purchaser=COUNTY,
        township=TOWNSHIP,
        person=str(person),
        item="meal_help",
        units=1,
    )
    return orders.OrderVerified(
        at=NOW, order_id=UUID(int=1), visit_id=UUID(int=2), provider=PROVIDER, person=person, how="unsampled", fact=fact
    )


def undone(fact: str, month: str = "2024-11") -> orders.VerificationUndone:
    """The acceptance that told the fact was taken back: nobody had come."""
    return orders.VerificationUndone(
        at=NOW, order_id=UUID(int=1), visit_id=UUID(int=2), provider=PROVIDER, was="accepted", cause="violation",
        reason_code="false_record", fact=VoidFact(month=month, fact=fact, cause="violation"),
    )  # fmt: skip


def love_order(amount_fen: int = 5000, day: str = "2024-11-20") -> orders.OrderVerified:
    """A claimant did for fifty yuan what was agreed."""
    fact = AgreedFact(
        day=date.fromisoformat(day),
        payee=str(CLAIMANT),
        purchaser=COUNTY,
        township=TOWNSHIP,
        person=str(PERSON),
        rule="love_order",
        amount_fen=amount_fen,
    )
    return orders.OrderVerified(
        at=NOW, order_id=UUID(int=3), visit_id=UUID(int=4), provider=CLAIMANT, person=PERSON, how="person", fact=fact
    )


def gift() -> orders.OrderVerified:
    """A claimant did it for nothing."""
    return love_order().model_copy(update={"fact": None})


def notice(person: UUID = PERSON) -> orders.NoticePosted:
    """The person's plan was reviewed and posted."""
    return orders.NoticePosted(
        at=NOW,
        person=person,
        plan_id=PLAN,
        village="130528101201",
        posted_on=date(2024, 10, 20),
        reviewed_by_role="township",
    )


def seals(month: str = "2024-11", waiting: int = 0) -> Mapping[str, Any]:
    """Each source's seal of the month."""
    fact = SealFact(month=month)
    return {
        "orders": orders.MonthSealed(at=NOW, month=month, waiting=waiting, fact=fact),
        "providers": providers.MonthSealed(at=NOW, month=month, visits=1, fact=fact),
        "charity": charity.MonthSealed(at=NOW, month=month, waiting=0, fact=fact),
    }
