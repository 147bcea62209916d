"""A love order of services, whole: declared, priced, published, claimed, done with evidence, verified by a person.

Two claim at once; one of them learns who was first. Who does it keeps a record, and a certificate that anybody checks.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.journeys.client import Answer
from tests.journeys.in_depth.way import PURPOSE
from tests.journeys.love.loving import Loving
from tests.pictures import exif, photo

ITEM = "counselling"
PRICE_FEN = 60_00


@dataclass
class Seen:
    """What the play left to look at."""

    hall: list[dict[str, Any]] = field(default_factory=list)
    claims: list[Answer] = field(default_factory=list)
    recipient: dict[str, Answer] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    order: dict[str, Any] = field(default_factory=dict)
    photo: dict[str, Any] = field(default_factory=dict)
    taken: bytes = b""
    kept: bytes = b""
    told: str = ""
    love_order: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    certificate: dict[str, Any] = field(default_factory=dict)
    draft: dict[str, Any] = field(default_factory=dict)
    winner: str = ""


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Loving) -> None:
        self.way, self.client, self.seen = way, way.client, Seen()

    async def ask_for_help(self) -> None:
        """The village declares, the township confirms, the bureau prices and refers, the charity publishes."""
        way = self.way
        self.charity = await way.charity(1)
        self.both = [await way.claimant(name) for name in ("李爱心", "张爱心")]
        self.needy = await way.needy(ITEM, PRICE_FEN)
        self.order = await way.form(self.needy, ITEM, self.charity, price_fen=PRICE_FEN)
        self.seen.steps += await way.step(self.needy)
        await way.publish(self.order, self.charity, "陪老人说说话")
        self.seen.steps += await way.step(self.needy)
        rows = await self.client.rows("charity", "/v1/hall", by=self.both[0])
        self.seen.hall = [row for row in rows if row["id"] == self.order]

    async def claim(self) -> None:
        """Both at once; the one who has it confirms."""
        path, way = f"/v1/love-orders/{self.order}/claims", self.way
        self.seen.claims = list(
            await asyncio.gather(*(self.client.post("charity", path, by=claimant) for claimant in self.both))
        )
        [claim] = [answer.body for answer in self.seen.claims if answer.status == 201]
        place = next(number for number, answer in enumerate(self.seen.claims) if answer.status == 201)
        self.winner, self.loser = self.both[place], self.both[1 - place]
        self.seen.winner = self.winner.owner
        await way.rest()
        self.seen.recipient["held"] = await way.recipient(self.order, self.winner)
        await way.confirm_claim(claim, self.winner)
        self.seen.recipient["confirmed"] = await way.recipient(self.order, self.winner)
        self.seen.recipient["who lost"] = await way.recipient(self.order, self.loser)
        self.seen.steps += await way.step(self.needy)

    async def do_it(self) -> None:
        """Done the next day, with a photo; a person accepts it."""
        way = self.way
        await way.let_pass(days=1, hours=3)
        taken = f"{await self.client.now() - timedelta(hours=1):%Y:%m:%d %H:%M:%S}"
        self.seen.taken = photo(1, exif=exif(taken, offset="+00:00"))
        self.seen.photo = await self.client.upload("charity", self.seen.taken, by=self.winner)
        await way.fulfil(self.order, self.winner, photos=[self.seen.photo["sha256"]], minutes=90)
        path = f"/v1/photos/{self.seen.photo['sha256']}?{PURPOSE}"
        self.seen.kept = await self.client.picture("charity", path)
        self.seen.recipient["done"] = await way.recipient(self.order, self.winner)
        self.seen.told = (await way.order(self.order))["state"]
        await way.judge(self.order)
        self.seen.order = await way.order(self.order)
        self.seen.love_order = await self.client.get("charity", f"/v1/love-orders/{self.order}")

    async def be_thanked(self) -> None:
        """A record, a certificate, the number of which anybody may check; and what the month's draft says."""
        path, client = f"/v1/claimants/{self.winner.owner}", self.client
        self.seen.record = await client.get("charity", f"{path}/service-record", by=self.winner)
        today = await self.way.today()
        asked = {
            "charity_id": self.charity.owner, "first": today.replace(day=1).isoformat(), "last": today.isoformat(),
        }  # fmt: skip
        issued = await client.done("charity", f"{path}/certificates", asked, by=self.winner)
        number = f"/v1/certificates/{issued['number']}"
        code = await client.get("charity", f"{number}/qr", by=self.winner)
        self.seen.certificate = await client.public("charity", f"{number}?check={code['address'][-12:]}")
        self.seen.draft = (await self.way.drafts())[self.winner.owner]


@pytest.fixture(scope="module")
async def seen(loving: Loving) -> Seen:
    """The whole story, played once."""
    play = Play(loving)
    await play.ask_for_help()
    await play.claim()
    await play.do_it()
    await play.be_thanked()
    return play.seen


async def test_the_hall_shows_no_person_and_no_place_nearer_than_the_village(seen: Seen, loving: Loving) -> None:
    [row] = seen.hall
    assert (row["village"], row["places_left"], row["price_fen"]) == (loving.village, 1, PRICE_FEN)
    assert "赵秀兰" not in str(row)
    assert "person" not in row


async def test_of_two_who_claim_at_once_one_holds_it_and_the_other_learns_who_was_first(seen: Seen) -> None:
    [held] = [answer.body for answer in seen.claims if answer.status == 201]
    [lost] = [answer for answer in seen.claims if answer.status == 409]
    assert held["standing"] == "held"
    assert 0 < held["seconds_left"] <= 72 * 3600
    assert lost.code == "claim.no_place_left"
    assert lost.body["facts"]["first"] in {"李**", "张**"}


async def test_whom_to_serve_is_known_from_the_confirmation_until_it_is_done(seen: Seen) -> None:
    assert {when: answer.status for when, answer in seen.recipient.items()} == {
        "held": 404, "confirmed": 200, "who lost": 404, "done": 404,
    }  # fmt: skip
    assert seen.recipient["confirmed"].body["name"].startswith("赵秀兰")


async def test_what_was_done_is_verified_by_a_person_and_the_love_order_closed(seen: Seen) -> None:
    assert seen.told == "completed"
    assert (seen.order["state"], seen.order["pieces_accepted"]) == ("accepted", 1)
    assert seen.love_order["status"] == "closed"


async def test_when_and_where_a_picture_was_taken_is_noted_and_not_left_in_it(seen: Seen) -> None:
    noted = seen.photo
    assert noted["taken_at"] is not None
    assert noted["place"] == {"lat": 37_620_000, "lon": 114_919_000}
    assert (noted["original_sha256"], noted["sha256"]) == (
        sha256(seen.taken).hexdigest(), sha256(seen.kept).hexdigest(),
    )  # fmt: skip
    assert dict(Image.open(BytesIO(seen.taken)).getexif())
    assert not dict(Image.open(BytesIO(seen.kept)).getexif())


async def test_the_person_follows_it_until_somebody_has_it(seen: Seen) -> None:
    assert seen.steps == ["asked_charity", "on_the_hall", "taken"]


async def test_its_way_is_remembered(seen: Seen) -> None:
    assert [step["event"] for step in seen.order["timeline"]] == [
        "love_formed", "charity_accepted", "love_published", "matched", "claim_confirmed", "completed", "accepted",
    ]  # fmt: skip


async def test_who_did_it_has_a_record_and_a_certificate_that_anybody_can_check(seen: Seen) -> None:
    [entry] = seen.record["entries"]
    assert (seen.record["deeds"], seen.record["minutes"], entry["standing"]) == (1, 90, "counted")
    shown = seen.certificate
    assert (shown["standing"], shown["deeds"], shown["minutes"]) == ("valid", 1, 90)
    assert shown["holder"] in {"李**", "张**"}


async def test_the_agreed_price_stands_in_the_draft_of_the_month(seen: Seen) -> None:
    [line] = [line for line in seen.draft["lines"] if line["fen"]]
    assert (line["rule"], line["fen"]) == ("love_order", PRICE_FEN)
