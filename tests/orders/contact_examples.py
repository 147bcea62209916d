"""The data that tests of duties, contacts, pairs and carers speak of, by the second version of Ningjin's rules."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain import care, contact, duty, duty_month, errand, pair
from services.orders.domain.policy import Policy, read_policy
from services.orders.domain.status import Status
from tests.orders.examples import BORN, TOWNSHIP, VILLAGE, ZHAO, at, day

PACK = Path(__file__).parents[2] / "deploy/localities/130528/0002.toml"
NINGJIN: Policy = read_policy(tomllib.loads(PACK.read_text(encoding="utf-8")))
POLICIES = (NINGJIN,)
CONTACT = UUID("00000000-0000-4000-8000-00000000a101")
OTHER_CONTACT = UUID("00000000-0000-4000-8000-00000000a102")
ERRAND = UUID("00000000-0000-4000-8000-00000000a201")
FINDING = UUID("00000000-0000-4000-8000-00000000a301")

destitute = Status(from_day=date.min, tier="half", categories=("destitute_dispersed",))
facts = duty.Facts(person=ZHAO, born=BORN, statuses=(destitute,), died_on=None, township=TOWNSHIP, village=VILLAGE)
note = duty.Note(facts=facts, at=at("2024-10-03"))
noted = duty.Noted(facts=facts, at=at("2024-10-03"))
began = duty.CoverBegan(day=day("2024-10-03"), policy=NINGJIN.version, at=at("2024-10-03"))
october = duty.MonthOpened(
    month="2024-10", needed=1, ways=("home", "phone"), remind_on=day("2024-10-27"), policy=NINGJIN.version,
    at=at("2024-10-03"),
)  # fmt: skip
november = replace(october, month="2024-11", remind_on=day("2024-11-26"), at=at("2024-11-01", "00:00"))
assign = duty.Assign(responsible="cadre-1", by="township-1", at=at("2024-10-04"))
assigned = duty.Assigned(responsible="cadre-1", from_day=day("2024-10-04"), by="township-1", at=at("2024-10-04"))

open_month = duty_month.Open(
    person=ZHAO, month="2024-10", needed=1, ways=("home", "phone"), township=TOWNSHIP, village=VILLAGE,
    responsible="cadre-1", remind_on=day("2024-10-27"), at=at("2024-10-03"),
)  # fmt: skip
month_opened = duty_month.Opened(**vars(open_month))
count = duty_month.Count(contact_id=CONTACT, day=day("2024-10-05"), way="home", at=at("2024-10-05"))
counted = duty_month.Counted(contact_id=CONTACT, day=day("2024-10-05"), late=False, at=at("2024-10-05"))
missed = duty_month.Missed(missing=1, at=at("2024-11-01", "00:00"))

place = contact.Place(township=TOWNSHIP, village=VILLAGE, died_on=None)
known_contact = contact.Known(policies=POLICIES, place=place)
record = contact.Record(
    person_id=ZHAO, way="home", captured_at=at("2024-10-05", "09:00"), visitor="cadre-1", reached=True,
    checklist=(("food", "ok"), ("housing", "not_ok")), notes=Sealed(box="1.n.notes"), need_id=None, goods=(),
    by="cadre-1", at=at("2024-10-05", "09:30"),
)  # fmt: skip
recorded = contact.Recorded(
    person_id=ZHAO, township=TOWNSHIP, village=VILLAGE, way="home", day=day("2024-10-05"),
    captured_at=at("2024-10-05", "09:00"), visitor="cadre-1", reached=True, late=False,
    checklist=(("food", "ok"), ("housing", "not_ok")), notes=Sealed(box="1.n.notes"), need_id=None, goods=(),
    by="cadre-1", at=at("2024-10-05", "09:30"),
)  # fmt: skip

run = errand.Run(
    person_id=ZHAO, contact_id=CONTACT, goods="rice", quantity=10, amount_fen=0, bought=False, sha256="",
    township=TOWNSHIP, village=VILLAGE, day=day("2024-10-05"), at=at("2024-10-05"),
)  # fmt: skip
missing = errand.Missing(
    person_id=ZHAO, contact_id=CONTACT, goods="rice", quantity=10, township=TOWNSHIP, village=VILLAGE,
    day=day("2024-10-05"), settle_by=day("2024-10-12"), at=at("2024-10-05"),
)  # fmt: skip
settle = errand.Settle(how="bought", amount_fen=6200, by="township-1", at=at("2024-10-08"))
settled = errand.Settled(how="bought", amount_fen=6200, by="township-1", at=at("2024-10-08"))

known_pair = pair.Known(policies=POLICIES, place=place)
begin_pair = pair.Begin(
    person_id=ZHAO, helper="party-7", from_day=day("2024-10-01"), by="township-1", at=at("2024-10-01")
)
begun = pair.Begun(
    person_id=ZHAO, helper="party-7", township=TOWNSHIP, village=VILLAGE, from_day=day("2024-10-01"), gap_days=31,
    by="township-1", at=at("2024-10-01"),
)  # fmt: skip
lapsed = pair.Lapsed(last_on=day("2024-10-01"), times=1, at=at("2024-11-02"))

known_care = care.Known(policies=POLICIES, place=place)
terms = care.Terms(
    name=Sealed(box="1.n.carer"), phone=None, relation="neighbour", signed_on=day("2024-10-01"),
    from_day=day("2024-10-01"), valid_to=day("2025-09-30"), duties=("meals",), sha256="",
)  # fmt: skip
others_terms = replace(
    terms, name=Sealed(box="1.n.other"), signed_on=day("2024-11-05"), from_day=day("2024-11-06"),
    valid_to=day("2025-09-30"),
)  # fmt: skip
sign = care.Sign(person_id=ZHAO, terms=terms, by="township-1", at=at("2024-10-01"))
signed = care.Signed(
    person_id=ZHAO, number=1, terms=terms, replaces=0, township=TOWNSHIP, village=VILLAGE, by="township-1",
    at=at("2024-10-01"),
)  # fmt: skip
runs = care.Turned(running=True, at=at("2024-10-01"))
find = care.Find(
    finding_id=FINDING, code="meals_missed", text=Sealed(box="1.n.seen"), contact_id=CONTACT, by="village-1",
    at=at("2024-10-10"),
)  # fmt: skip
found = care.Found(**vars(find))
rectify = care.Rectify(
    due_on=day("2024-10-31"), text=Sealed(box="1.n.order"), by="bureau-1", role="bureau", at=at("2024-10-11")
)
ordered = care.Ordered(due_on=day("2024-10-31"), text=Sealed(box="1.n.order"), by="bureau-1", at=at("2024-10-11"))
ran_out = care.OrderRanOut(due_on=day("2024-10-31"), at=at("2024-11-01", "00:00"))
judge = care.Judge(result="refused", text=Sealed(box="1.n.judged"), by="bureau-1", role="bureau", at=at("2024-10-20"))
will_not = care.MendingRefused(text=Sealed(box="1.n.judged"), by="bureau-1", at=at("2024-10-20"))
mended = care.Mended(text=Sealed(box="1.n.judged"), by="bureau-1", at=at("2024-10-20"))
take_over = care.Replace(terms=others_terms, by="township-1", at=at("2024-11-05"))
