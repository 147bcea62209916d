"""Good requests, one for each kind of thing that is written. What is bad is made from them by one change."""

from __future__ import annotations

from services.orders.domain.identity import check_character
from tests.journeys.county import POINT, credit_code
from tests.walls.bad_input.case import Template

ANY_VERSION = (("If-Match", "*"),)
"""For the routes that want to know which version was seen: whichever it is."""


def identity_number(first_17: str) -> str:
    """An identity number with its check character."""
    return first_17 + check_character(first_17)


REGISTER = Template(
    service="orders",
    path="/v1/beneficiaries",
    by="village",
    body={
        "name": "赵某某（示例）",
        "id_number": identity_number("13052819410203017"),
        "phone": "13800000000",
        "born": "1941-02-03",
        "township": "<township>",
        "village": "<village>",
        "categories": ["destitute_dispersed"],
        "tier": "half",
        "generated": True,
    },
)
STAY = Template(
    service="orders", path="/v1/beneficiaries/<person>/hospital-stays", status=200,
    body={"admitted": "2024-11-20", "discharged": "2024-11-22"},
)  # fmt: skip
NEED = Template(
    service="orders", path="/v1/needs", by="village",
    body={"person_id": "<person>", "items": ["home_cleaning"], "channel": "village"},
)  # fmt: skip
SURVEY = Template(
    service="orders", path="/v1/needs/<need_registered>/survey", by="township", status=200,
    body={
        "village_worker": "village-1", "aide": "aide-1",
        "findings": {"body_and_mind": 1, "daily_care": 1, "family": 1, "social_support": 1},
    },
)  # fmt: skip
ASSESS = Template(
    service="orders", path="/v1/needs/<need_confirmed>/assessment", status=200,
    body={"items": [{"item": "counselling"}], "mode": "charity", "price_fen": 5000, "rule": "love_order"},
)  # fmt: skip
NOTICE = Template(
    service="orders", path="/v1/plans/<plan_reviewed>/notice", by="township", status=200,
    body={"posted_on": "2024-12-01"},
)  # fmt: skip
ORDER = Template(
    service="orders",
    path="/v1/orders",
    body={
        "person_id": "<person>",
        "item": "home_cleaning",
        "township": "<township>",
        "village": "<village>",
        "window_from": "2024-12-03",
        "window_to": "2024-12-20",
    },
)
PROVIDER = Template(
    service="providers", path="/v1/providers",
    body={"name": "示例家政", "credit_code": credit_code(77), "township": "<township>", "point": POINT},
)  # fmt: skip
AGREEMENT = Template(
    service="providers",
    path="/v1/providers/<provider>/agreements",
    body={
        "number": "N-2",
        "items": ["home_cleaning"],
        "townships": ["<township>"],
        "valid_from": "2024-12-01",
        "valid_to": "2025-06-30",
        "monthly_capacity": 10,
        "tender": "NJZC-012",
    },
)
WORKER = Template(
    service="providers", path="/v1/providers/<provider>/workers", by="provider",
    body={"name": "李小梅（示例）", "phone": "13800000001", "township": "<township>"},
)  # fmt: skip
VISIT = Template(
    service="providers",
    path="/v1/visits",
    by="provider",
    body={
        "order_id": "<order_taken>",
        "worker_id": "<worker>",
        "item": "home_cleaning",
        "started_at": "2024-12-02T08:00:00+08:00",
        "ended_at": "2024-12-02T09:00:00+08:00",
        "place": POINT,
        "photos": ["ab" * 32],
        "code": "1234",
    },
)
CHARITY = Template(service="charity", path="/v1/charities", body={"name": "示例慈善会", "credit_code": credit_code(78)})
CLAIMANT = Template(
    service="charity", path="/v1/claimants", by="charity",
    body={"kind": "person", "name": "爱心人士（示例）", "phone": "13900000001"},
)  # fmt: skip
FULFIL = Template(
    service="charity", path="/v1/love-orders/<love_order>/fulfilment", by="claimant",
    body={"day": "2024-12-03", "time": "08:30"},
)  # fmt: skip
ALLOCATE = Template(
    service="settlement", path="/v1/allocations", by="finance",
    body={"fund": "county_budget", "year": 2024, "amount_fen": 100, "document": "宁财社〔2024〕9号"},
)  # fmt: skip
GRADE = Template(
    service="settlement", path="/v1/grades",
    body={"month": "2024-12", "payee": "<provider>", "township": "<township>", "grade": "good"},
)  # fmt: skip
RULE = Template(
    service="settlement", path="/v1/rulings",
    body={"month": "2024-12", "cause": "mistake", "payee": "<provider>", "purchaser": "<county>",
          "rule": "home_care_destitute",
          "person": "<person>", "township": "<township>", "amount_fen": -100},
)  # fmt: skip
PAY = Template(
    service="settlement", path="/v1/statements/<statement>/payment", by="finance", status=200,
    body={"reference": "P-2024-11-1"}, headers=ANY_VERSION,
)  # fmt: skip

EVERY_SERVICE = {"orders": ORDER, "providers": VISIT, "charity": CLAIMANT, "settlement": ALLOCATE}
"""A command of each service with a body."""
