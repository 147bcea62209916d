"""The load generator's requests, and the orders it asks for."""

from __future__ import annotations

import json
from datetime import date

from bench.load import requests
from bench.people import order_bodies, person, township
from services.orders.api.beneficiaries import RegisterBeneficiary
from services.orders.api.orders import OpenOrder
from services.orders.domain import identity

PLAN = {"path": "/v1/orders", "port": 8701, "token": "t", "run": "r", "bodies": ["{}", '{"a":1}']}
PERSON = "0b6c1f5e-2f53-4d0c-9a51-6b1f0a7c4e10"


def test_every_request_has_a_key_of_its_own() -> None:
    make = requests(PLAN)
    assert [b"Idempotency-Key: r-%d\r\n" % number in make() for number in range(3)] == [True, True, True]


def test_bodies_are_taken_in_turn_with_their_length() -> None:
    make = requests(PLAN)
    first, second = make(), make()
    assert b"Content-Length: 2\r\n" in first
    assert first.endswith(b"\r\n\r\n{}")
    assert b"Content-Length: 7\r\n" in second
    assert second.endswith(b'\r\n\r\n{"a":1}')


def test_the_orders_asked_for_have_the_shape_of_the_route() -> None:
    body = OpenOrder.model_validate_json(order_bodies([PERSON])[0], strict=True)
    assert str(body.person_id) == PERSON


def test_the_people_have_well_formed_identity_numbers() -> None:
    for number in range(20):
        registered = RegisterBeneficiary.model_validate_json(json.dumps(person(number)), strict=True)
        identity.check(registered.id_number, date.fromisoformat(person(number)["born"]))


def test_there_are_twenty_townships_of_the_county() -> None:
    assert len({township(number) for number in range(100)}) == 20
