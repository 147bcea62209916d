"""What shows that it was done in a spot: photos of a provider and of a charity, and a worker's device that signs."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chassis.kernel.canonical import canonical
from tests.pictures import photo
from tests.walls.asking import Request
from tests.walls.world.places import Spot, World, holder


async def show(world: World, spot: Spot) -> None:
    """A photo for the provider and one for the claimant, a device that signs and one that is to be revoked."""
    number = int(spot.mark)
    for name, role, service in (("photo", "provider", "providers"), ("photo_of_love", "claimant", "charity")):
        request = Request(service=service, method="POST", path="/v1/photos", body=photo(number))
        spot.things[name] = (await world.done(request, holder(role, spot)))["sha256"]
    for name, key in (("device", key_of(spot)), ("device_lost", Ed25519PrivateKey.generate())):
        path = f"/v1/workers/{spot['worker']}/devices"
        request = Request(service="providers", method="POST", path=path, body={"public_key": public(key)})
        spot.things[name] = (await world.done(request, holder("provider", spot)))["id"]


def key_of(spot: Spot) -> Ed25519PrivateKey:
    """The key of the spot's device."""
    return Ed25519PrivateKey.from_private_bytes(bytes([int(spot.mark)]) * 32)


def public(key: Ed25519PrivateKey) -> str:
    """As it is registered."""
    return _text(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def packet(spot: Spot) -> dict[str, Any]:
    """The first packet of the spot's device, always the same."""
    visit = {
        "order_id": spot["order_visitable_too"], "item": spot.bodies.item, "started_at": "2024-12-03T07:50:00+08:00",
        "ended_at": "2024-12-03T08:20:00+08:00",
    }  # fmt: skip
    body = {"device": spot["device"], "sequence": 1, "signed_at": "2024-12-03T08:30:00+08:00", "visits": [visit]}
    return {**body, "signature": _text(key_of(spot).sign(canonical(body)))}


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
