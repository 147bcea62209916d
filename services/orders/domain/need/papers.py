"""Ask once, and never for what can be looked up (Social Assistance Law, art. 62; paper 002, part 3 (5) item 17).

MissingTold ─ PaperNoted* ─▶ nothing is missing
"""

from __future__ import annotations

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.need.clocks import starts
from services.orders.domain.need.state import Event, Known, Need
from services.orders.domain.need.words_beside import MissingTold, NotePaper, PaperNoted, TellMissing
from services.orders.domain.policy import in_force


def tell_missing(command: TellMissing, state: Need, known: Known) -> list[Event]:
    """One complete list; a second, other one is refused, and so is a document that can be looked up."""
    if state.decided:
        raise Rejected("need.already_decided", stage=state.stage)
    if state.asked is not None:
        if set(state.asked) == set(command.documents):
            return []
        raise Rejected("need.asked_once_already", documents=len(state.asked))
    policy = in_force(known.policies, business_day(command.at))
    documents = policy.needs.documents
    for number, name in enumerate(command.documents, 1):
        document = documents.get(name)
        if document is None and documents:
            raise Rejected("need.document_unknown", number=number)
        if document is not None and document.looked_up:
            raise Rejected("need.document_can_be_looked_up", number=number)
    told = MissingTold(documents=tuple(dict.fromkeys(command.documents)), by=command.by, at=command.at)
    return [told, *starts(policy, command.at, "papers", fast=state.fast)]


def note_paper(command: NotePaper, state: Need, known: Known) -> list[Event]:
    """A document that was asked for is settled; by a commitment only where the pack lets one stand for it."""
    if state.asked is None or command.document not in state.asked:
        raise Rejected("need.document_not_asked_for")
    if command.document not in state.missing:
        return []
    document = in_force(known.policies, business_day(command.at)).needs.documents.get(command.document)
    if command.how == "committed" and document is not None and not document.commitment:
        raise Rejected("need.document_needs_proof")
    return [PaperNoted(document=command.document, how=command.how, by=command.by, at=command.at)]
