"""Packets that a worker's device signed without a signal, sent to the running service late and in any order; and
pictures that are nearly the same in two visits."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from contracts.orders import PolicyAdopted
from services.providers.views.proof_known import Proof, Proved, around
from tests.edge import Edge
from tests.pictures import encoded, scene
from tests.providers.county import NEARBY, a_provider, a_worker, opened
from tests.providers.examples import NOW, VILLAGE
from tests.providers.test_photos_of_the_service import upload
from tests.providers.visiting import PACK, POLICY

KEY = Ed25519PrivateKey.from_private_bytes(b"tests only: a device's key......"[:32])


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


PUBLIC = text(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def packet(device: str, sequence: int, *visits: dict[str, Any], key: Ed25519PrivateKey = KEY) -> dict[str, Any]:
    """A packet with its signature, as another implementation of RFC 8785 makes it."""
    body = {"device": device, "sequence": sequence, "signed_at": "2026-11-02T09:50:00+08:00", "visits": list(visits)}
    return {**body, "signature": text(key.sign(rfc8785.dumps(body)))}  # type: ignore[arg-type]


def noted(order: UUID, **changes: Any) -> dict[str, Any]:
    """A visit as a device notes it, with a word that is not ASCII nowhere to hide."""
    return {
        "order_id": str(order), "item": "home_cleaning", "started_at": "2026-11-02T08:00:00+08:00",
        "ended_at": "2026-11-02T08:45:00+08:00", "place": NEARBY, "no_signal": True,
        "evidence": [{"sha256": uuid4().hex * 2, "kind": kind} for kind in ("before", "after")], **changes,
    }  # fmt: skip


async def a_county(edge: Edge) -> tuple[UUID, UUID]:
    await edge.hear("orders", PolicyAdopted(at=NOW, version=POLICY.version, sha256="0" * 64, document=PACK))
    await edge.done("/v1/places", {"places": [{"code": VILLAGE, "point": NEARBY}]})
    provider = await a_provider(edge)
    return provider, await a_worker(edge, provider)


async def taken(edge: Edge, provider: UUID) -> UUID:
    order = opened(policy=POLICY.version)
    await edge.hear("orders", order)
    await edge.done(f"/v1/offers/{order.order_id}/acceptance", None, "provider", provider)
    return order.order_id


def codes(visit: dict[str, Any]) -> list[str]:
    return [one["code"] for one in visit["exceptions"]]


@dataclass
class Read:
    """What a reader of ``known`` uses."""

    edge: Edge
    county: str

    async def fetch(self, query: str, *arguments: Any) -> list[Any]:
        return list(await self.edge.running.database.fetch(query, *arguments))

    async def policies(self) -> tuple[Any, ...]:
        return (POLICY,)


async def known(edge: Edge, **proof: Any) -> Proved:
    """What a decision is told of a proof."""
    [found] = await around(Read(edge, edge.county), [Proof(**proof)], [POLICY])
    return found


async def test_a_packet_is_taken_once_and_a_gap_closes_when_the_missing_one_comes(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    device = (await edge.done(f"/v1/workers/{worker}/devices", {"public_key": PUBLIC}, "provider", provider))["id"]
    first, second = await taken(edge, provider), await taken(edge, provider)
    later = noted(second, started_at="2026-11-02T09:00:00+08:00", ended_at="2026-11-02T09:45:00+08:00")
    late = packet(device, 2, later, noted(uuid4()))
    answer = await edge.done("/v1/packets", late, "provider", provider)
    assert answer["missing"] == [1]
    assert [one["status"] for one in answer["visits"]] == [201, 404]
    assert answer["visits"][1]["problem"]["code"] == "not_found"
    assert await edge.done("/v1/packets", late, "provider:somebody-else", provider) == answer
    assert [(await known(edge, device=UUID(device), sequence=number)).gap for number in (1, 2, 3)] == [
        False, True, False,
    ]  # fmt: skip
    visit = answer["visits"][0]["answer"]["id"]
    whole = await edge.get(f"/v1/visits/{visit}")
    assert (whole["device"], whole["sequence"], whole["source"], whole["worker"]) == (device, 2, "offline", str(worker))
    came = await edge.done("/v1/packets", packet(device, 1, noted(first)), "provider", provider)
    assert (came["missing"], came["visits"][0]["status"]) == ([], 201)
    assert "sequence_gap" not in codes(await edge.get(f"/v1/visits/{visit}"))
    [row] = (await edge.get("/v1/devices", "provider", provider))["items"]
    assert (row["last_sequence"], row["missing"], row["status"]) == (2, [], "active")


async def test_what_was_not_signed_so_is_refused(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    device = (await edge.done(f"/v1/workers/{worker}/devices", {"public_key": PUBLIC}, "provider", provider))["id"]
    body = packet(device, 1, noted(uuid4()))
    other = packet(device, 1, noted(uuid4()), key=Ed25519PrivateKey.generate())
    wrong = (422, "packet.signature_wrong")
    assert await edge.refused("/v1/packets", other, "provider", provider) == wrong
    assert await edge.refused("/v1/packets", {**body, "sequence": 2}, "provider", provider) == wrong
    assert await edge.refused("/v1/packets", body, "provider", uuid4()) == (404, "not_found")
    await edge.done("/v1/packets", body, "provider", provider)
    used = packet(device, 1, noted(uuid4()))
    assert await edge.refused("/v1/packets", used, "provider", provider) == (409, "packet.sequence_used")
    await edge.done(f"/v1/devices/{device}/revocation", {"reason_code": "lost"}, "provider", provider)
    next_one = packet(device, 2, noted(uuid4()))
    assert await edge.refused("/v1/packets", next_one, "provider", provider) == (409, "packet.device_revoked")


async def test_a_packet_that_is_older_than_the_county_allows_goes_the_way_of_a_late_report(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    device = (await edge.done(f"/v1/workers/{worker}/devices", {"public_key": PUBLIC}, "provider", provider))["id"]
    order = await taken(edge, provider)
    edge.running.clock.move(NOW + timedelta(days=8))
    answer = await edge.done("/v1/packets", packet(device, 1, noted(order)), "provider", provider)
    assert answer["visits"][0]["problem"]["code"] == "visit.too_old"


async def test_pictures_nearly_the_same_in_two_visits_are_known_to_the_decision(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    own, near = scene(3, 320, 240), scene(3, 320, 240).resize((300, 225))
    hashes = [(await upload(edge, encoded(one), provider)).json()["sha256"] for one in (own, near)]
    visits = []
    for hour, digest in zip(("08", "09"), hashes, strict=True):
        order = await taken(edge, provider)
        body = noted(order, started_at=f"2026-11-02T{hour}:00:00+08:00", ended_at=f"2026-11-02T{hour}:45:00+08:00")
        body["evidence"] = [{"sha256": digest, "kind": "after"}]
        visits.append(await edge.done("/v1/visits", {**body, "worker_id": str(worker)}, "provider", provider))
    proof = await known(edge, provider=str(provider), named=(hashes[0], "0" * 64), compared=(hashes[0],))
    assert ([one.sha256 for one in proof.pictures], proof.unknown, proof.alike) == ([hashes[0]], 1, (hashes[1],))
    marked = await edge.get(f"/v1/visits/{visits[0]['id']}")
    assert ("photo_alike", "amber") in [(one["code"], one["colour"]) for one in marked["exceptions"]]
