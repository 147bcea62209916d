"""What the command is compared with: the same endpoint as a competent developer writes it without careloop.

FastAPI with a token dependency (the same checks, verified tokens remembered just as here), a pydantic model, one
prepared INSERT a request on an asyncpg pool, 201. No events, no log, no key, no second effect. ``/v1/checked`` does
everything but the INSERT.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Annotated

import asyncpg
import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

from chassis.auth import Caller, Verifier
from chassis.config import Settings
from chassis.problems import Refused

SCHEMA = """
create schema if not exists naive;
create table if not exists naive.orders (
  id uuid primary key, county text not null, person uuid not null, item text not null, units integer not null,
  township text not null, village text not null, window_from date not null, window_to date not null,
  remark_code text, state text not null, created_by text not null, created_at timestamptz not null
)
"""
INSERT = "insert into naive.orders values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
POOL = 8

Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Village = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ItemId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]


class OpenOrder(BaseModel):
    """The body, the same fields as the real one."""

    person_id: uuid.UUID
    item: ItemId
    units: Annotated[int, Field(ge=1, le=100_000)] = 1
    township: Township
    village: Village
    window_from: date
    window_to: date
    remark_code: Code | None = None


class OrderState(BaseModel):
    """The answer."""

    id: uuid.UUID
    state: str


settings = Settings()
verifier = Verifier(settings)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The pool; without the reset query on release, as careloop's has none."""

    async def no_reset(_connection: object) -> None:
        return

    async with asyncpg.create_pool(settings.database_url, min_size=POOL, max_size=POOL, reset=no_reset) as pool:
        await pool.execute(SCHEMA)
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


async def officer(authorization: Annotated[str, Header()] = "") -> Caller:
    """The caller, who must be of the township or the bureau."""
    try:
        caller = verifier.caller(authorization.encode())
    except Refused as refused:
        raise HTTPException(401) from refused
    if caller.role not in ("township", "bureau"):
        raise HTTPException(403)
    return caller


@app.post("/v1/orders", status_code=201)
async def open_order(body: OpenOrder, caller: Annotated[Caller, Depends(officer)]) -> OrderState:
    """Validate, insert, answer."""
    order = uuid.uuid4()
    await app.state.pool.execute(
        INSERT, order, caller.county, body.person_id, body.item, body.units, body.township, body.village,
        body.window_from, body.window_to, body.remark_code, "opened", caller.subject, datetime.now(UTC),
    )  # fmt: skip
    return OrderState(id=order, state="opened")


@app.post("/v1/checked", status_code=201)
async def check_order(body: OpenOrder, caller: Annotated[Caller, Depends(officer)]) -> OrderState:
    """Validate and answer."""
    return OrderState(id=body.person_id, state=caller.role)


if __name__ == "__main__":
    uvicorn.run(
        app, host="127.0.0.1", port=int(sys.argv[1]), loop="uvloop", http="httptools", access_log=False,
        log_level="warning",
    )  # fmt: skip
