"""The vault on its real databases: sealed to one person and field, read with a reason, erased for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from chassis.config import Settings
from chassis.database import Counties, Database
from chassis.kernel import Rejected, Sealed
from chassis.vault import KEY_LIFE_S, CountyVault, Erased, Unreadable, Vault


@dataclass
class Moment:
    """A clock that tests move."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Made:
    """A vault in a fresh county, and what it stands on."""

    vault: Vault
    county: str
    keys: Counties
    database: Database
    moment: Moment

    @property
    def of_county(self) -> CountyVault:
        return self.vault.at(self.county, by="clerk", role="bureau")

    def other(self, service: str = "toy") -> Vault:
        """The vault as another process, or another service, has it."""
        return Vault(service, self.database, self.keys, self.moment)


@pytest.fixture
async def made(toy_settings: Settings, toy_database: Database) -> AsyncIterator[Made]:
    keys = await Counties.connect(toy_settings.keys_database_url(), toy_settings)
    moment = Moment()
    vault = Vault("toy", toy_database, keys, moment)
    yield Made(vault, uuid4().hex[:12], keys, toy_database, moment)
    await keys.close()


@pytest.fixture
def person() -> UUID:
    return uuid4()


async def test_what_was_sealed_is_opened(made: Made, person: UUID) -> None:
    boxes = await made.of_county.seal(person, {"name": "张三", "phone": "13800000000"})
    assert await made.of_county.open(person, boxes, purpose="回访") == {"name": "张三", "phone": "13800000000"}


async def test_a_box_shows_nothing_and_is_never_the_same_twice(made: Made, person: UUID) -> None:
    first, second = [await made.of_county.seal(person, {"name": "Zhang San"}) for _ in range(2)]
    assert first["name"].box.startswith("1.")
    assert "Zhang" not in first["name"].box
    assert first != second


async def test_a_box_opens_for_its_own_person_field_county_and_service_only(made: Made, person: UUID) -> None:
    other_person, other_county = uuid4(), uuid4().hex[:12]
    boxes = await made.of_county.seal(person, {"name": "张三"})
    await made.of_county.seal(other_person, {"name": "李四"})
    await made.vault.at(other_county, by="clerk", role="bureau").seal(person, {"name": "王五"})
    await made.other("other").at(made.county, by="clerk", role="bureau").seal(person, {"name": "赵六"})
    attempts = (
        (made.of_county, other_person, boxes),
        (made.of_county, person, {"phone": boxes["name"]}),
        (made.vault.at(other_county, by="clerk", role="bureau"), person, boxes),
        (made.other("other").at(made.county, by="clerk", role="bureau"), person, boxes),
    )
    for vault, whose, attempted in attempts:
        with pytest.raises(Unreadable):
            await vault.open(whose, attempted, purpose="回访")


@pytest.mark.parametrize("box", ["", "1.x", "2.AAAA.AAAA", "1.AAAAAAAAAAAAAAAA.AAAA", "1.!.!", "1.中.中"])
async def test_what_is_no_box_is_unreadable(made: Made, person: UUID, box: str) -> None:
    await made.of_county.seal(person, {"name": "张三"})
    with pytest.raises(Unreadable):
        await made.of_county.open(person, {"name": Sealed(box=box)}, purpose="回访")


async def test_every_opening_is_noted_with_purpose_and_reader(made: Made, person: UUID) -> None:
    boxes = await made.of_county.seal(person, {"name": "张三", "phone": "1"})
    await made.vault.at(made.county, by="officer-3", role="township").open(person, boxes, purpose=" 入户前联系 ")
    row = await made.database.fetchrow("select * from vault_reads where county = $1", made.county)
    assert row is not None
    noted = (row["person"], row["fields"], row["purpose"], row["by"], row["role"])
    assert noted == (person, ["name", "phone"], "入户前联系", "officer-3", "township")


async def test_nothing_is_opened_without_a_purpose(made: Made, person: UUID) -> None:
    boxes = await made.of_county.seal(person, {"name": "张三"})
    for purpose in ("", "  ", "x" * 201):
        with pytest.raises(Rejected, match="purpose_missing"):
            await made.of_county.open(person, boxes, purpose=purpose)


async def test_an_erased_person_cannot_be_opened_or_sealed_again(made: Made, person: UUID) -> None:
    boxes = await made.of_county.seal(person, {"name": "张三"})
    await made.of_county.erase(person)
    with pytest.raises(Erased):
        await made.of_county.open(person, boxes, purpose="回访")
    with pytest.raises(Erased):
        await made.of_county.seal(person, {"name": "张三"})


async def test_erasing_leaves_no_key_and_tells_when(made: Made, person: UUID) -> None:
    await made.of_county.seal(person, {"name": "张三"})
    await made.of_county.erase(person)
    query = "select key, destroyed_at from person_keys where county = $1 and person = $2"
    first = await made.keys.fetchrow(query, made.county, person)
    await made.of_county.erase(person)
    second = await made.keys.fetchrow(query, made.county, person)
    assert first is not None
    assert first["key"] is None
    assert first["destroyed_at"] is not None
    assert first == second


async def test_erasing_one_person_leaves_the_others(made: Made, person: UUID) -> None:
    other = uuid4()
    boxes = await made.of_county.seal(other, {"name": "李四"})
    await made.of_county.seal(person, {"name": "张三"})
    await made.of_county.erase(person)
    assert await made.of_county.open(other, boxes, purpose="回访") == {"name": "李四"}


async def test_another_process_forgets_an_erased_key_within_its_short_life(made: Made, person: UUID) -> None:
    boxes = await made.of_county.seal(person, {"name": "张三"})
    elsewhere = made.other().at(made.county, by="clerk", role="bureau")
    await elsewhere.open(person, boxes, purpose="回访")
    await made.of_county.erase(person)
    made.moment.seconds += KEY_LIFE_S
    with pytest.raises(Erased):
        await elsewhere.open(person, boxes, purpose="回访")


async def test_a_person_without_a_key_cannot_be_opened(made: Made, person: UUID) -> None:
    with pytest.raises(Unreadable):
        await made.of_county.open(person, {"name": Sealed(box="1.AAAA.AAAA")}, purpose="回访")


async def test_two_processes_that_meet_a_person_first_agree_on_the_key(made: Made, person: UUID) -> None:
    one = await made.of_county.seal(person, {"name": "张三"})
    elsewhere = made.other().at(made.county, by="clerk", role="bureau")
    assert await elsewhere.open(person, one, purpose="回访") == {"name": "张三"}


async def test_an_index_is_the_same_for_the_same_text_of_a_county_and_field(made: Made) -> None:
    elsewhere = made.other().at(made.county, by="other", role="village")
    number = "130528194001010011"
    index = await made.of_county.index(number, "id_number")
    assert index == await elsewhere.index(number, "id_number")
    assert number not in index
    assert index != await made.of_county.index(number, "phone")
    assert index != await made.vault.at(uuid4().hex[:12], by="clerk", role="bureau").index(number, "id_number")


async def test_the_index_key_is_not_erased(made: Made) -> None:
    with pytest.raises(ValueError, match="nobody"):
        await made.of_county.erase(UUID(int=0))
