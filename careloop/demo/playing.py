"""The order of things: what happens on which day of a month, from whatever the clock shows to the last payment."""

from __future__ import annotations

from datetime import date, time, timedelta

from careloop.demo.calendar import EVENING, FIRST_MONTH, closing_day, first_day, instant, next_month, paying_day
from careloop.demo.giving import Giving
from careloop.demo.preparing import help_people, publish
from careloop.demo.settling import Settling
from careloop.demo.stage import Stage
from careloop.demo.supply import allocate, charity, places, providers
from careloop.demo.verifying import Verifying
from careloop.demo.visiting import Visiting

NIGHT = time(23, 0)
"""By then everything of the evening a week ago has accepted itself, and what is told at the end stays so."""
ORDERS_ARE_OPEN = time(0, 10)
"""The orders of a month open at midnight of its 1st; ten minutes later nobody waits for them any more."""


class Month:
    """One month's play. ``play`` may be asked again in a later run and goes on where the services stand."""

    def __init__(self, stage: Stage, month: str) -> None:
        self.month = month
        self._stage = stage
        self.settling = Settling(stage, month)
        self.verifying = Verifying(stage)

    async def play(self) -> None:
        """From the supply side to the last payment."""
        stage, month = self._stage, self.month
        await publish(stage)
        await places(stage)
        self.sites = await providers(stage, month)
        giver = await charity(stage)
        await stage.rest()
        await allocate(stage, int(month[:4]))
        if month == FIRST_MONTH:
            await help_people(stage)
        self.visiting = Visiting(stage, self.sites)
        self.giving = Giving(stage, month, giver)
        await self.visiting.plan()
        days = await self._days()
        bar = stage.progress.add_task(f"{month} 逐日 day by day", total=len(days))
        for day in days:
            await self._day(day)
            if day >= closing_day(month):
                await self.settling.close(self.sites)
            stage.progress.advance(bar)
        await self.settling.pay()
        await stage.forward(instant(paying_day(month), NIGHT))
        await stage.rest()

    async def _days(self) -> list[date]:
        """The days to be lived through: from the clock's, at least one, to the day of payment."""
        today = (await self._stage.now()).date()
        begins, ends = max(first_day(self.month), today), max(paying_day(self.month), today)
        return [begins + timedelta(days=place) for place in range((ends - begins).days + 1)]

    async def _day(self, day: date) -> None:
        """One day: orders that open are taken, in the evening visits are told and the desk is worked off."""
        stage = self._stage
        if day.day == 1:
            await stage.forward(instant(day, ORDERS_ARE_OPEN))
            await stage.rest()
            if await self.visiting.accept():
                await self.visiting.plan()
        now = await stage.forward(instant(day, EVENING))
        if await self.visiting.accept():
            await self.visiting.plan()
        await self.visiting.report(now)
        if day < first_day(next_month(self.month)):
            await self.giving.step(now.date())
        await self.verifying.work_off(now.date())
