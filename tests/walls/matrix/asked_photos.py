"""Requests to the providers service about photos and packets."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.pictures import photo
from tests.walls.matrix.asked import Asked, at, rows, said
from tests.walls.matrix.traced import Traced
from tests.walls.world.showing import packet, public


def _packet(spot: Traced) -> dict[str, Any]:
    whole = spot.spot
    return packet(whole) if spot["device"] else {}


ASKED: dict[str, Asked] = {
    "POST /v1/photos": Asked(upload=lambda spot: photo(99)),
    "GET /v1/photos/{sha256}": at("photo", purpose="核查"),
    "GET /v1/photos/{sha256}/facts": at("photo"),
    "GET /v1/devices": rows("device"),
    "POST /v1/workers/{worker_id}/devices": at(
        "worker", body=lambda spot: {"public_key": public(Ed25519PrivateKey.generate())}
    ),
    "POST /v1/devices/{device_id}/revocation": at("device_lost", body=lambda spot: {"reason_code": "lost"}),
    "POST /v1/packets": said(_packet),
}
IN_CHARITY: dict[str, Asked] = {
    "POST /v1/photos": Asked(upload=lambda spot: photo(98)),
    "GET /v1/photos/{sha256}": at("photo_of_love", purpose="核查"),
    "GET /v1/photos/{sha256}/facts": at("photo_of_love"),
}
