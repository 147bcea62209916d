"""Routes of workers' devices: registered with their public key, revoked, listed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes, Thing
from chassis.kernel import Rejected
from chassis.service import Ask, Step
from services.providers.api.photos import signing
from services.providers.api.shapes import Code
from services.providers.domain import device

routes = Routes(tag="devices")


class RegisterDevice(Body):
    """The public key of the device's Ed25519 pair, 32 bytes in base64url without padding; the other never leaves it."""

    public_key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


class RevokeDevice(Body):
    """Why by code: ``lost``, ``replaced``, ``not_trusted``."""

    reason_code: Code


class DeviceRow(Body):
    """A device, the highest number that came from it, and the numbers below that never did."""

    id: UUID
    provider: UUID
    worker: UUID
    status: str
    registered_at: datetime
    revoked_at: datetime | None
    last_sequence: int
    missing: list[int]


@routes.post(
    "/v1/workers/{worker_id}/devices", body=RegisterDevice, status=201, summary="登记终端 Register a device",
    refusals=("worker.unknown", "device.key_malformed", "device.key_used"),
)  # fmt: skip
async def register_device(call: Call[RegisterDevice]) -> Ask:
    """From now on packets that this key signs are taken as the worker's."""
    worker = call.path_id("worker_id")
    row = await call.fetchrow("select provider from workers where county = $1 and id = $2", call.county, worker)
    call.permit(owner=row["provider"] if row else None)
    if row is None:
        raise Rejected("worker.unknown")
    command = device.Register(
        provider=row["provider"],
        worker=worker,
        public_key=call.body.public_key,
        sound=signing.is_key(call.body.public_key),
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=device.decider, stream=call.new_id("device"), command=command))


@routes.post(
    "/v1/devices/{device_id}/revocation", body=RevokeDevice, summary="停用终端 Revoke a device",
    refusals=("device.unknown",),
)  # fmt: skip
async def revoke_device(call: Call[RevokeDevice]) -> Ask:
    """Nothing that it signs is taken from now on; what was taken stands."""
    command = device.Revoke(reason_code=call.body.reason_code, by=call.caller.subject, at=call.at)
    permit = call.judged(lambda state: Thing(owners=(state.registered.provider,)) if state.registered else None)
    return call.ask(Step(decider=device.decider, stream=call.path_id("device_id"), command=command, permit=permit))


routes.page(
    "/v1/devices", row=DeviceRow, owner="provider", filters={"provider": UUID, "worker": UUID},
    sql="select id, provider, worker, status, registered_at, revoked_at, last_sequence,"
        " array(select one::bigint from jsonb_array_elements_text(missing) one) as missing"
        " from devices where county = $1",
    order=("worker", "id"), summary="服务人员终端 Devices of workers",
)  # fmt: skip
