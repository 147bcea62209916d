"""What looks wrong and is right must pass; and every good request that bad ones are made from is really good."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from tests.journeys.county import credit_code
from tests.walls.bad_input import templates
from tests.walls.bad_input.case import Template
from tests.walls.bad_input.templates import CHARITY, PROVIDER, REGISTER, identity_number
from tests.walls.bad_input.test_repeated import send
from tests.walls.bad_input.world import FUZZED, World

TEMPLATES = {
    name: template for name, template in vars(templates).items() if isinstance(template, Template) and name != "PAY"
}
"""A payment needs two signatures first: the guide and the journeys show it."""


@pytest.mark.parametrize("name", TEMPLATES)
async def test_what_bad_requests_are_made_from_is_good(name: str, world: World) -> None:
    answer = await send(world, TEMPLATES[name], str(uuid4()))
    assert answer.status == TEMPLATES[name].status, answer.body


ELDERS = {
    "a county code younger than she is": ("62042219380101001", "1938-01-01"),
    "a county that was abolished": ("13012119350607012", "1935-06-07"),
    "a prefecture that became a city": ("13220119300101011", "1930-01-01"),
    "a check character X": ("11010519491231002", "1949-12-31"),
}


@pytest.mark.parametrize("what", ELDERS)
async def test_an_elder_is_registered_with_(what: str, world: World) -> None:
    first_17, born = ELDERS[what]
    answer = await send(world, REGISTER, str(uuid4()), id_number=identity_number(first_17), born=born)
    assert answer.status == 201, answer.body


FORMULAS = (
    "=1+1", "+8613800000000", "-2+3", "@SUM(A1:A2)", '=HYPERLINK("http://a.example","看")', "😀", "🀄︎", "\U0002070e",
    "';--", "<b>粗</b>", "{{7*7}}", "${jndi:ldap://a}", "%s%n", "a\u0301", "null", "  ", "../..",
)  # fmt: skip
"""What a spreadsheet, a template, a shell or a database could take for something else; here it is a name."""


@pytest.mark.parametrize("name", FORMULAS, ids=ascii)
async def test_text_stays_text(name: str, world: World) -> None:
    number = 1000 + FORMULAS.index(name)
    answer = await send(world, PROVIDER, str(uuid4()), name=name, credit_code=credit_code(number))
    assert answer.status == 201, answer.body
    path = f"/v1/providers/{json.loads(answer.body)['id']}"
    told = await world.ask("providers", "GET", path, [("Authorization", f"Bearer {world.token('bureau', FUZZED)}")])
    assert json.loads(told.body)["name"] == name


async def test_two_charities_of_one_name_are_two(world: World) -> None:
    first = await send(world, CHARITY, str(uuid4()), name="同名", credit_code=credit_code(2001))
    second = await send(world, CHARITY, str(uuid4()), name="同名", credit_code=credit_code(2002))
    assert (first.status, second.status) == (201, 201)
