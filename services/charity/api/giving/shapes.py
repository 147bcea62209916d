"""What the routes of giving share: exact forms of values, who a donor is, whose a thing is."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Id, Thing
from chassis.kernel import Rejected, Sealed
from services.charity.domain import donation, pledge, pot
from services.charity.domain.masking import masked

Line = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,100}}$")]
What = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Amount = Annotated[int, Field(ge=1, le=10**13)]
Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Village = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Shown = Literal["named", "masked", "anonymous"]

WHO = "select name_box from claimants where county = $1 and id = $2"
WHOSE_POT = "select charity from pots where county = $1 and id = $2 and kind <> 'bound'"
WHOSE_ORDER = "select charity from love_orders where county = $1 and id = $2"
READING = "捐赠登记"


class Receiver(Body):
    """For what it is: an appeal or a village fund, or one love order."""

    kind: Literal["appeal", "village_fund", "order"]
    id: Id


class Donor(Body):
    """Who gives: a claimant by id, or a name that is sealed; neither where the donor stays unknown."""

    claimant: Id | None = None
    name: Line | None = None


def acting_owner(call: Call[Any]) -> UUID:
    """The charity or claimant that the caller acts for; ``forbidden.owner`` where the token names none."""
    try:
        return UUID(call.caller.owner)
    except ValueError:
        raise Rejected("forbidden.owner") from None


async def known_donor(call: Call[Any], gift: UUID, who: Donor) -> tuple[UUID | None, Sealed | None, str]:
    """The claimant's id or the sealed name (bound to ``gift``), and the masked name; all empty for a donor unknown."""
    if who.claimant is not None:
        row = await call.fetchrow(WHO, call.county, who.claimant)
        if row is None:
            raise Rejected("claimant.unknown")
        opened = await call.vault.open(who.claimant, {"name": Sealed(box=row["name_box"])}, purpose=READING)
        return who.claimant, None, masked(opened["name"])
    if who.name is not None:
        boxes = await call.vault.seal(gift, {"name": who.name})
        return None, boxes["name"], masked(who.name)
    return None, None, ""


async def name_of(call: Call[Any], gift: UUID, row: Any, purpose: str) -> str | None:
    """The donor's name, opened; None for a donor unknown."""
    if row["donor"] is not None:
        found = await call.fetchrow(WHO, call.county, row["donor"])
        assert found is not None
        return (await call.vault.open(row["donor"], {"name": Sealed(box=found["name_box"])}, purpose=purpose))["name"]
    if row["name_box"]:
        return (await call.vault.open(gift, {"name": Sealed(box=row["name_box"])}, purpose=purpose))["name"]
    return None


def pot_of_charity(state: pot.Pot) -> Thing | None:
    """A pot as the policies look at it: its charity's."""
    return Thing(owners=(state.terms.charity,)) if state.terms else None


def pledged(state: pledge.Pledge) -> Thing | None:
    """A pledge: its donor's, and the charity's."""
    return Thing(owners=(state.terms.donor, state.terms.charity)) if state.terms else None


def donated(state: donation.Donation) -> Thing | None:
    """A donation: the charity's that recorded it."""
    return Thing(owners=(state.recorded.gift.charity,)) if state.recorded else None
