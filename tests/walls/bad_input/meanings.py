"""Well-formed requests that mean something wrong: the decision refuses, each fault with its own code."""

from __future__ import annotations

from services.orders.domain.identity import check_character
from tests.journeys.county import credit_code, pack_of
from tests.walls.bad_input.case import ABSENT, Case, Template, changed, read
from tests.walls.bad_input.templates import (
    AGREEMENT,
    ALLOCATE,
    ANY_VERSION,
    ASSESS,
    CHARITY,
    FULFIL,
    GRADE,
    NEED,
    NOTICE,
    ORDER,
    PAY,
    PROVIDER,
    REGISTER,
    RULE,
    STAY,
    SURVEY,
    VISIT,
    identity_number,
)

VERIFY = Template(
    service="orders",
    path="/v1/orders/<order_completed>/verification",
    by="verifier",
    body={"result": "accepted"},
    headers=ANY_VERSION,
)
DISPUTE = Template(
    service="settlement", path="/v1/statements/<statement>/dispute", by="provider",
    body={"line": 1, "reason_code": "wrong"}, headers=ANY_VERSION,
)  # fmt: skip
START = Template(
    service="orders", path="/v1/plans/<plan_reviewed>/start", body={"from_day": "2024-12-10"}, headers=ANY_VERSION
)
STOP = Template(
    service="orders", path="/v1/plans/<plan_started>/stop", headers=ANY_VERSION,
    body={"last_day": "2024-12-31", "reason_code": "better"},
)  # fmt: skip
LOVE = Template(
    service="orders", path="/v1/love-orders",
    body={"need_id": "<need_charity>", "item": "counselling", "charity_id": "<charity>", "price_fen": 5000,
          "rule": "love_order", "expires_at": "2025-01-20T12:00:00+08:00"},
)  # fmt: skip
ACCEPT = Template(service="providers", path="/v1/offers/<order_offered>/acceptance", by="provider")
CLOSE = Template(service="settlement", path="/v1/months/2024-12/close")
CLAIM = Template(service="charity", path="/v1/love-orders/<love_order>/claims/<claim>/confirmation", by="claimant")
POLICY = Template(service="orders", path="/v1/policies", body={"document": pack_of("130528")})
WRONG_CHECK = "13052819410203017" + ("0" if check_character("13052819410203017") != "0" else "1")


def _people() -> list[Case]:
    return [
        changed("a wrong check digit", REGISTER, "beneficiary.id_number_wrong", id_number=WRONG_CHECK),
        changed("the 30th of February in the number", REGISTER, "beneficiary.id_number_wrong",
                id_number=identity_number("13052819410230017")),
        changed("another birthday than the number tells", REGISTER, "beneficiary.born_differs", born="1941-02-04"),
        changed("a birthday to come", REGISTER, "beneficiary.born_in_the_future", born="2094-02-03",
                id_number=identity_number("13052820940203017")),
        changed("somebody who is registered already", REGISTER, "beneficiary.duplicate", 409, born="1940-10-16",
                id_number=identity_number("13052819401016001")),
        changed("a village of another township", REGISTER, "beneficiary.region_wrong", village="130528999201"),
        changed("a township of another county", REGISTER, "beneficiary.region_wrong", by="bureau",
                township="<their_township>", village="<their_village>"),
        changed("a category the policy does not know", REGISTER, "policy.category_unknown", categories=["millionaire"]),
        changed("discharged before admitted", STAY, "beneficiary.discharged_before_admitted", discharged="2024-11-19"),
        changed("a survey by one person twice", SURVEY, "need.survey_needs_two_people", aide="village-1"),
        changed("a need of a person of another county", NEED, "need.person_unknown", 404, by="bureau",
                person_id="<their_person>"),
        changed("an item the catalogue does not have", NEED, "policy.item_unknown", items=["moon_landing"]),
        changed("a purchase with a price", ASSESS, "need.purchase_has_no_price", mode="purchase"),
        changed("a price without its rule", ASSESS, "need.price_needs_a_rule", rule=ABSENT),
        changed("an assessment before the confirmation", ASSESS, "need.not_confirmed", 409,
                path="/v1/needs/<need_surveyed>/assessment"),
        changed("an assessment of what is decided", ASSESS, "need.already_decided", 409,
                path="/v1/needs/<need_approved>/assessment"),
        changed("a notice posted tomorrow", NOTICE, "plan.notice_in_the_future", posted_on="2024-12-09"),
        changed("a plan that starts in years", START, "plan.starts_too_far_away", from_day="2029-01-01"),
        changed("a plan that stops before it starts", STOP, "plan.stops_before_it_starts", last_day="2024-10-01",
                heard_on="2024-09-20", notified_on="2024-09-25"),
        changed("a stop without hearing and notice", STOP, "plan.stop_needs_hearing_and_notice", 409),
    ]  # fmt: skip


def _orders() -> list[Case]:
    return [
        changed("a window that ends before it begins", ORDER, "order.window_wrong", window_to="2024-12-02"),
        changed("a window in the past", ORDER, "order.window_wrong", window_from="2024-11-01", window_to="2024-11-02"),
        changed("a window in years", ORDER, "order.window_wrong", window_to="2029-01-01"),
        changed("an order to another county", ORDER, "order.region_wrong", township="<their_township>",
                village="<their_village>"),
        changed("an order for a person of another county", ORDER, "order.person_unknown", 404,
                person_id="<their_person>"),
        changed("a second verification with another result", VERIFY, "order.already_verified", 409, result="rejected",
                note_code="not_done", visit_id="<visit_accepted>", path="/v1/orders/<order_accepted>/verification"),
        changed("a verification of what is not done", VERIFY, "order.nothing_to_verify", 409,
                path="/v1/orders/<order_taken>/verification"),
        changed("a verification by who reported it", VERIFY, "forbidden.conflict", 403, by="reporter"),
        changed("a rejection without a reason", VERIFY, "order.verification_needs_a_reason", result="rejected"),
        changed("a love order that has expired", LOVE, "order.expires_in_the_past",
                expires_at="2024-12-01T12:00:00+08:00"),
        changed("a love order dearer than approved", LOVE, "order.price_not_approved", price_fen=5001),
        changed("a love order of more than was approved", LOVE, "order.not_in_the_need", units=2),
        changed("a love order a second time", LOVE, "order.love_order_exists", 409, need_id="<need_given>"),
        changed("a love order from a purchase", LOVE, "order.need_not_for_charity", 409, need_id="<need_approved>",
                item="home_cleaning", price_fen=0, rule=ABSENT),
        changed("a pack of another county", POLICY, "policy.other_county", document=pack_of("130529")),
        changed("a pack with another text under the same version", POLICY, "policy.version_is_taken", 409,
                document=pack_of("130528") + "\n# another\n"),
        changed("a pack that is no TOML", POLICY, "policy.refused", document="[pack\nversion ="),
        changed("a pack nested too deeply", POLICY, "policy.refused", document="x = " + "[" * 5000 + "]" * 5000),
        changed("a pack that extends another", POLICY, "policy.extends",
                document=pack_of("130528").replace("[pack]", '[pack]\nextends = "130500/0001"', 1)),
    ]  # fmt: skip


def _services() -> list[Case]:
    visit = VISIT
    return [
        changed("a wrong check character of a credit code", PROVIDER, "provider.credit_code_wrong",
                credit_code=credit_code(77)[:-1] + ("0" if credit_code(77)[-1] != "0" else "1")),
        changed("a letter no credit code has", PROVIDER, "provider.credit_code_wrong", credit_code="I" * 18),
        changed("a wrong check character of a charity", CHARITY, "charity.credit_code_wrong",
                credit_code=credit_code(78)[:-1] + ("0" if credit_code(78)[-1] != "0" else "1")),
        changed("a credit code that is registered", CHARITY, "charity.registered_already", 409,
                credit_code=credit_code(2)),
        changed("an agreement that ends before it begins", AGREEMENT, "agreement.ends_before_it_begins",
                valid_to="2024-11-30"),
        changed("an agreement for a century", AGREEMENT, "agreement.too_long", valid_to="2124-11-30"),
        changed("an agreement without a tender", AGREEMENT, "agreement.without_tender", tender=""),
        changed("a number of another agreement", AGREEMENT, "agreement.number_taken", 409, number="N-1"),
        changed("a visit to come", visit, "visit.in_the_future", started_at="2024-12-20T08:00:00+08:00",
                ended_at="2024-12-20T09:00:00+08:00"),
        changed("a visit that ended before it began", visit, "visit.ended_before_it_began",
                ended_at="2024-12-02T07:59:59+08:00"),
        changed("a visit that ended before it began, by its offsets", visit, "visit.ended_before_it_began",
                ended_at="2024-12-02T08:30:00+09:00"),
        changed("a visit longer than a day", visit, "visit.longer_than_a_day", started_at="2024-12-01T00:00:00+08:00",
                ended_at="2024-12-02T00:00:01+08:00"),
        changed("a visit on an order of another county", visit, "not_found", 404,
                order_id="<their_order_taken>"),
        changed("a visit on an order only offered", visit, "visit.not_your_order", 403, order_id="<order_offered>"),
        changed("the same order served twice", visit, "visit.reported_already", 409, order_id="<order_completed>"),
        changed("a worker of another county", visit, "visit.worker_unknown", worker_id="<their_worker>"),
        changed("another item than ordered", visit, "visit.another_item", item="housekeeping"),
        changed("more units than ordered", visit, "visit.more_than_ordered", units=2),
        changed("an offer of another county", ACCEPT, "not_found", 404,
                path="/v1/offers/<their_order_offered>/acceptance"),
        changed("fulfilled tomorrow", FULFIL, "fulfilment.in_the_future", day="2024-12-09"),
        changed("fulfilled before it was claimed", FULFIL, "fulfilment.before_the_claim", day="2024-12-02"),
        changed("a love order of another county", FULFIL, "not_found", 404,
                path="/v1/love-orders/<their_love_order>/fulfilment", by="charity", claim_id="<their_claim>"),
    ]  # fmt: skip


def _money() -> list[Case]:
    return [
        changed("a fund the policy does not know", ALLOCATE, "fund.unknown", fund="slush"),
        changed("a cut below zero", ALLOCATE, "allocation.below_zero", 409, amount_fen=-(10**15)),
        changed("a paper for another amount", ALLOCATE, "fund.document_taken", 409, document="宁财 county_budget 1号"),
        changed("a grade the policy does not know", GRADE, "grade.unknown", grade="sublime"),
        changed("a ruling with nothing in it", RULE, "ruling.form", payee=ABSENT, purchaser=ABSENT, rule=ABSENT,
                township=ABSENT, amount_fen=ABSENT, person=ABSENT),
        changed("a ruling on an unknown fact", RULE, "ruling.fact_unknown", 404, payee=ABSENT, purchaser=ABSENT,
                rule=ABSENT, township=ABSENT, amount_fen=ABSENT, person=ABSENT, fact="nobody-knows"),
        changed("a close of a month that is not over", CLOSE, "month.not_over", 409),
        changed("a close of the 13th month", CLOSE, "month.malformed", 400, path="/v1/months/2024-13/close"),
        changed("a close of the year 0", CLOSE, "month.malformed", 400, path="/v1/months/0000-01/close"),
        changed("a close in full-width digits", CLOSE, "month.malformed", 400,
                path="/v1/months/%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%94-12/close"),
        changed("a dispute of a line that is not there", DISPUTE, "statement.no_such_line", line=1_000_000),
        changed("a dispute of another county's statement", DISPUTE, "not_found", 404,
                path="/v1/statements/<their_statement>/dispute"),
        changed("a payment without signatures", PAY, "statement.not_approved", 409),
        *(
            read(f"the reasons of line {line[:20]}", "settlement", f"/v1/statements/<statement>/lines/{line}/why",
                 "statement.no_such_line", 422)
            for line in ("0", "-1", "1.0", "1e0", "%EF%BC%91", "%C2%B2", "999999", "9" * 600, "one")
        ),
    ]  # fmt: skip


def _elsewhere() -> list[Case]:
    """Ids of another county are as unknown as ids nobody has."""
    paths = {
        "orders": ("beneficiaries/<their_person>", "needs/<their_need_registered>", "plans/<their_plan_reviewed>",
                   "orders/<their_order_accepted>", "beneficiaries/<their_person>/personal?purpose=x"),
        "providers": ("providers/<their_provider>", "visits/<their_visit>", "matchings/<their_order_taken>",
                      "workers/<their_worker>/personal?purpose=x"),
        "charity": ("claimants/<their_claimant>", "love-orders/<their_love_order>/claims"),
        "settlement": ("statements/<their_statement>", "statements/<their_statement>/certificate"),
    }  # fmt: skip
    return [
        read(f"another county's {path.split('/')[0]} at {path.partition('>')[2] or 'its address'}", service,
             f"/v1/{path}", "not_found", 404)
        for service, of_service in paths.items()
        for path in of_service
    ]  # fmt: skip


def cases() -> list[Case]:
    """All of them."""
    return [*_people(), *_orders(), *_services(), *_money(), *_elsewhere()]
