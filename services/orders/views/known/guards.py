"""What a decision reads that another stream changes: two such decisions never share a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chassis import policies
from chassis.service import Step, Timely
from services.orders.domain import (
    appeal,
    beneficiary,
    care,
    complaint,
    contact,
    household,
    need,
    order,
    pair,
    plan,
    referral,
    spot_check,
)


def guards(step: Step, state: Any) -> Iterable[str]:
    """Two registrations of one person, two packs, a love order and its need's approval, two hands of one person's needs
    and visits, an acceptance and its being taken back, a death and a contact, two numbers of tickets: never decided
    unseen."""
    match step.command:
        case beneficiary.Register() as register:
            return (f"person:{register.person.id_index}",)
        case household.Join() as join:
            return (f"person:{join.person}",)
        case order.FormLove() as form:
            return (f"need:{form.need_id}", *((f"person:{form.person}",) if form.person else ()))
        case order.Open(plan_id=None) as single:
            return (f"person:{single.person}",)
        case referral.Refer() as refer:
            return tuple(f"need:{need_id}" for need_id in refer.need_ids)
        case referral.NoteContent() as content:
            return (f"need:{content.need_id}",)
        case contact.Record() | pair.Begin() | care.Sign() | care.NameEscort():
            return (f"person:{step.command.person_id}",)
        case complaint.Register():
            return ("complaint:number",)
        case beneficiary.RecordDeath():
            return (f"person:{step.stream}",)
        case need.Survey(person=person) | need.Confirm(person=person) | need.Refuse(person=person) if person:
            return (f"person:{person}",)
        case need.Assess(person=person):
            return (f"need:{step.stream}", f"person:{person}")
        case order.Verify() | order.Undo():
            handled = f"person:{state.person}" if state is not None else "person:unknown"
            return (handled, f"judged:{step.stream}")
        case appeal.Lodge() as lodge:
            return (f"judged:{lodge.order_id}",)
        case appeal.Answer():
            return (f"person:{state.lodged.person}" if state is not None else "person:unknown",)
        case order.AcceptUnsampled():
            return (f"judged:{step.stream}",)
        case Timely(reason="accept_unsampled"):
            return (f"judged:{step.stream}",)
        case plan.Start():
            return (f"person:{state.person}" if state is not None else "person:unknown",)
        case spot_check.CloseList(year=year) | spot_check.year.Close(year=year):
            return (f"spot:{year}",)
        case spot_check.inspection.Replace() | spot_check.inspection.Report():
            return (f"inspection:{step.stream}",)
    return policies.guards(step)
