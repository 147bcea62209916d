"""A lane outlives whatever a service's own code raises: a lane that ended would let everybody after wait for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.service import Ask, Step
from tests.chassis import toy
from tests.chassis.pair import AT

SPOILT = "spoilt"


def guards(step: Step, state: Any) -> Iterable[str]:
    if getattr(step.command, "owner", "") == SPOILT:
        raise ImportError("a module that was edited under the running process")
    return toy.guards(step, state)


def add(owner: str, county: str) -> Ask:
    step = Step(decider=toy.counter, stream=uuid4(), command=toy.Add(amount=1, at=AT, owner=owner))
    return Ask(county=county, steps=(step,), key=str(uuid4()))


async def test_an_error_in_a_services_guards_is_its_askers_and_the_lane_goes_on(
    toy_settings: Settings, toy_database: Database
) -> None:
    dispatch, county = (
        Dispatch(replace(toy.service, guards=guards), toy_database, toy_settings, Clock()),
        uuid4().hex[:12],
    )
    asks = [add(owner, county) for owner in ("one", SPOILT, "two")]
    first, spoilt, last = await asyncio.gather(*(dispatch.ask(ask) for ask in asks), return_exceptions=True)
    assert isinstance(spoilt, ImportError)
    assert not isinstance(first, BaseException)
    assert not isinstance(last, BaseException)
    async with asyncio.timeout(10):
        with pytest.raises(ImportError):
            await dispatch.ask(add(SPOILT, county))
        await dispatch.ask(add("three", county))
    assert dispatch.idle()
    await dispatch.stop()
