"""The order of things: what happens on which day of a month, from whatever the clock shows to the last payment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from careloop.demo import (
    appealing,
    arranging,
    caring,
    changing,
    complaining,
    deciding,
    donating,
    replacing,
    resolving,
    urgent,
)
from careloop.demo.calendar import EVENING, FIRST_MONTH, closing_day, first_day, instant, next_month, paying_day
from careloop.demo.cast import BADLY_SERVED
from careloop.demo.checking import Checking
from careloop.demo.giving import Giving
from careloop.demo.grading import Grading
from careloop.demo.listing import Listing
from careloop.demo.offering import Offering
from careloop.demo.preparing import help_people, publish
from careloop.demo.reporting import Reporting
from careloop.demo.settling import Settling
from careloop.demo.stage import Stage
from careloop.demo.supply import allocate, charities, places, providers
from careloop.demo.verifying import Verifying
from careloop.demo.visiting import Visiting

NIGHT = time(23, 0)
"""By then everything of the evening a week ago has accepted itself, and what is told at the end stays so."""
ORDERS_ARE_OPEN, BATCHES_HAVE_RUN = time(0, 10), time(1, 10)
"""The orders of a month open at midnight of its 1st; those that wait for a batch are matched within the hour."""
PLANS_RUN = date(2024, 10, 25)
"""By this day everybody's plan is signed; the days from here on are lived through one by one."""
SEEN_ON = 12
"""The day of the month on which the cadres have been everywhere."""
OFFERS_EXPIRED = 2
"""The day of the month on which an offer of the 1st has expired."""
TOMORROW = timedelta(days=1)


class Month:
    """One month's play. ``play`` may be asked again in a later run and goes on where the services stand."""

    def __init__(self, stage: Stage, month: str) -> None:
        self.month = month
        self._stage = stage
        self.settling = Settling(stage, month)

    async def play(self) -> None:
        """From the supply side to the last payment."""
        stage, month = self._stage, self.month
        await publish(stage)
        await places(stage)
        self.sites = await providers(stage, month)
        self.givers = await charities(stage)
        await stage.rest()
        await allocate(stage, int(month[:4]))
        self.cast = await help_people(stage)
        badly = frozenset(one.id for one in self.cast.playing(BADLY_SERVED))
        self.verifying = Verifying(stage, badly)
        self.offering = Offering(stage, self.sites)
        self.visiting = Visiting(stage, self.sites, badly)
        self.reporting = Reporting(stage, self.visiting)
        self.carers = caring.Carers(stage, self.cast)
        self.giving = Giving(stage, month, self.cast, self.givers)
        self.listing = Listing(stage, month, self.cast, self.givers)
        self.checking = Checking(stage)
        self.grading = Grading(stage, month)
        await self.checking.begin()
        days = await self._days()
        await self.visiting.plan(days[0])
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
        first = PLANS_RUN if self.month == FIRST_MONTH else first_day(self.month)
        begins, ends = max(first, today), max(paying_day(self.month), today)
        return [begins + timedelta(days=place) for place in range((ends - begins).days + 1)]

    async def _day(self, day: date) -> None:
        """One day: orders that open are answered, workers go, in the evening everything is told and worked off."""
        stage = self._stage
        if day.day == 1:
            for at in (ORDERS_ARE_OPEN, BATCHES_HAVE_RUN):
                now = await stage.forward(instant(day, at))
                await stage.rest()
            await self.offering.answer(day, choosy=True)
            await self.visiting.plan(day)
            await self.visiting.send(day, now)
        await self.visiting.begin(day)
        now = await stage.forward(instant(day, EVENING))
        if day.day == OFFERS_EXPIRED:
            await stage.rest()
            await self.offering.answer_late()
        await self.reporting.report(now)
        changed = await self._scenes(now)
        if day >= first_day(FIRST_MONTH):
            await self._evening(day, now, changed)

    async def _evening(self, day: date, now: datetime, changed: bool) -> None:
        """The desk is worked off, what is offered is answered, tomorrow's workers are sent."""
        if changed:
            await self._stage.rest()
        await arranging.record(self._stage, now)
        judged = [
            await resolving.step(self._stage, day),
            await self.checking.step(day),
            await appealing.step(self._stage, self.month, day),
        ]
        if any(judged):
            await self._stage.rest()
        await self.verifying.work_off(day)
        while await self.offering.answer(day):
            changed = True
        if changed:
            await self.visiting.plan(day + TOMORROW)
        await self.visiting.send(day + TOMORROW, now)

    async def _scenes(self, now: datetime) -> bool:
        """What else happens on this day; whether orders may have changed by it."""
        stage, cast, day = self._stage, self.cast, now.date()
        if day == PLANS_RUN or day.day == SEEN_ON:
            await caring.name_responsible(stage)
            await caring.see_everybody(stage, cast, day)
        await self.carers.step(now)
        if first_day(self.month) <= day < first_day(next_month(self.month)):
            await self.listing.step(day)
            await self.giving.step(day)
            await donating.step(stage, self.month, self.givers[0], day)
            await complaining.step(stage, self.month, self.sites, day)
        await self.grading.step(day)
        return any(
            [
                await changing.step(stage, cast, day),
                await urgent.step(stage, cast, day),
                await deciding.step(stage, cast, day, self.givers[0]),
                await replacing.step(stage, self.sites, day),
            ]
        )
