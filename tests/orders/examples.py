"""The data the orders' tests speak of: Mr Zhao of Ningjin, 84, partly unable, in dispersed care; his need and plan."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain import beneficiary, need, order, plan
from services.orders.domain.person import Person
from services.orders.domain.planned import Planned
from services.orders.domain.policy import Policy, read_policy
from services.orders.domain.segments import Life
from services.orders.domain.status import Status

PACK = Path(__file__).parents[2] / "deploy/localities/130528/0001.toml"
NINGJIN: Policy = read_policy(tomllib.loads(PACK.read_text(encoding="utf-8")))
POLICIES = (NINGJIN,)

ZHAO = UUID("00000000-0000-4000-8000-00000000a001")
NEED = UUID("00000000-0000-4000-8000-00000000b001")
PLAN = UUID("00000000-0000-4000-8000-00000000c001")
ORDER = UUID("00000000-0000-4000-8000-00000000d001")
VISIT = UUID("00000000-0000-4000-8000-00000000e001")
OTHER_VISIT = UUID("00000000-0000-4000-8000-00000000e002")
PROVIDER = UUID("00000000-0000-4000-8000-00000000f001")
OTHER_PROVIDER = UUID("00000000-0000-4000-8000-00000000f002")
CLAIMANT = UUID("00000000-0000-4000-8000-00000000f101")
CHARITY = UUID("00000000-0000-4000-8000-00000000f201")
COUNTY, TOWNSHIP, VILLAGE = "130528", "130528100", "130528100201"
BORN = date(1940, 10, 16)


def at(day: str, time: str = "10:00") -> datetime:
    """An instant by the clock of Shanghai."""
    return datetime.fromisoformat(f"{day}T{time}:00+08:00").astimezone(UTC)


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


person = Person(
    name=Sealed(box="1.n.name"),
    id_number=Sealed(box="1.n.number"),
    phone=None,
    address=None,
    id_index="ab" * 32,
    born=BORN,
    township=TOWNSHIP,
    village=VILLAGE,
    tier="half",
    categories=("destitute_dispersed",),
    generated=True,
)
known_people = beneficiary.Known(policies=POLICIES, county=COUNTY, next_number=7)
register = beneficiary.Register(person=person, at=at("2024-09-02"))
registered = beneficiary.Registered(service_number="1305280000007", number=7, person=person, at=at("2024-09-02"))

home = need.Home(township=TOWNSHIP, village=VILLAGE, died=False)
known_need = need.Known(policies=POLICIES, next_number=3, home=home)
register_need = need.Register(
    person_id=ZHAO,
    items=("home_cleaning",),
    channel="village",
    urgent=False,
    conflict_of_interest=False,
    by="village-1",
    at=at("2024-09-03"),
)
need_registered = need.Registered(
    number=3,
    person_id=ZHAO,
    township=TOWNSHIP,
    village=VILLAGE,
    items=("home_cleaning",),
    channel="village",
    urgent=False,
    conflict_of_interest=False,
    by="village-1",
    at=at("2024-09-03"),
    register_number="130528-2024-00001",
    owner="village-1",
)
urgent_need_registered = replace(need_registered, urgent=True)
findings = Sealed(box="1.n.findings")
survey = need.Survey(village_worker="village-1", aide="aide-1", findings=findings, at=at("2024-09-04"))
surveyed = need.Surveyed(village_worker="village-1", aide="aide-1", findings=findings, at=at("2024-09-04"))
confirm = need.Confirm(by="township-1", role="township", at=at("2024-09-05"))
confirmed = need.Confirmed(by="township-1", role="township", at=at("2024-09-05"))
cleaning = Planned(item="home_cleaning", kind="purchase", times_per_month=4, units=1)
assess = need.Assess(
    items=(need.Wanted(item="home_cleaning", times_per_month=4, units=1),),
    mode="purchase",
    price_fen=0,
    rule="",
    plan_id=PLAN,
    by="bureau-1",
    role="bureau",
    at=at("2024-09-06"),
)
approved = need.Approved(
    items=(cleaning,),
    mode="purchase",
    price_fen=0,
    rule="",
    plan_id=PLAN,
    papers_due=None,
    policy="130528/0001",
    by="bureau-1",
    role="bureau",
    at=at("2024-09-06"),
)

always_half = Status(from_day=date.min, tier="half", categories=("destitute_dispersed",))
life = Life(
    born=BORN,
    statuses=(always_half,),
    stays=(),
    died_on=None,
    begins_on=day("2024-10-01"),
    ends_on=None,
    assigned=(),
)
drawn = plan.Drawn(
    plan_id=PLAN,
    person=ZHAO,
    need_id=NEED,
    items=(cleaning,),
    born=BORN,
    statuses=(always_half,),
    stays=(),
    township=TOWNSHIP,
    village=VILLAGE,
    at=at("2024-09-06"),
)
noticed = plan.NoticePosted(posted_on=day("2024-09-19"), role="township", at=at("2024-09-19"))
started = plan.Started(from_day=day("2024-10-01"), at=at("2024-09-20"), refresh_due=day("2024-11-30"))
assigned = plan.ProviderAssigned(provider=PROVIDER, from_day=day("2024-10-02"), at=at("2024-10-02"))

open_order = order.Open(
    kind="purchase",
    person=ZHAO,
    plan_id=None,
    item="home_cleaning",
    units=1,
    township=TOWNSHIP,
    village=VILLAGE,
    window_from=day("2024-10-01"),
    window_to=day("2024-10-07"),
    provider=None,
    remark_code="",
    at=at("2024-10-01"),
)
opened = order.Opened(
    kind="purchase",
    person=ZHAO,
    plan_id=None,
    item="home_cleaning",
    units=1,
    township=TOWNSHIP,
    village=VILLAGE,
    window_from=day("2024-10-01"),
    window_to=day("2024-10-07"),
    provider=None,
    remark_code="",
    purchaser=COUNTY,
    policy="130528/0001",
    at=at("2024-10-01"),
    need_id=NEED,
)
held = order.Holding(need_id=NEED, urgent=False)
known_order = order.Known(policies=POLICIES, home=home, holding=held)
match = order.Match(provider=PROVIDER, road="providers", at=at("2024-10-02"))
matched = order.Matched(provider=PROVIDER, road="providers", at=at("2024-10-02"))
complete = order.Complete(
    visit_id=VISIT,
    provider=PROVIDER,
    item="home_cleaning",
    units=1,
    day=day("2024-10-03"),
    time="09:00",
    exceptions=(),
    red=False,
    reported_by="provider-1",
    at=at("2024-10-03", "11:00"),
)
completed = order.Completed(
    visit_id=VISIT,
    provider=PROVIDER,
    item="home_cleaning",
    units=1,
    day=day("2024-10-03"),
    time="09:00",
    exceptions=(),
    red=False,
    reported_by="provider-1",
    accepts_at=at("2024-10-10", "11:00"),
    at=at("2024-10-03", "11:00"),
)
verify = order.Verify(visit_id=None, result="accepted", note_code="", by="bureau-1", role="bureau", at=at("2024-10-04"))

asked = order.Asked(
    person=ZHAO,
    township=TOWNSHIP,
    village=VILLAGE,
    mode="charity",
    items=(("home_cleaning", 2),),
    price_fen=5000,
    rule="love_order",
)
known_love = order.Known(policies=POLICIES, need=asked)
form_love = order.FormLove(
    need_id=NEED,
    item="home_cleaning",
    units=1,
    charity_id=CHARITY,
    places=1,
    expires_at=at("2024-10-16"),
    price_fen=0,
    rule="",
    role="bureau",
    at=at("2024-10-01"),
)
love_formed = order.LoveFormed(
    need_id=NEED,
    person=ZHAO,
    item="home_cleaning",
    units=1,
    township=TOWNSHIP,
    village=VILLAGE,
    charity_id=CHARITY,
    places=1,
    expires_at=at("2024-10-16"),
    price_fen=0,
    rule="",
    purchaser=COUNTY,
    policy="130528/0001",
    at=at("2024-10-01"),
    form="service",
    approved_fen=5000,
)
claimed = order.Matched(provider=CLAIMANT, road="charity", at=at("2024-10-02"))
