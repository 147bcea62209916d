"""A worker belongs to a registered provider until the day of leaving."""

from __future__ import annotations

from datetime import date

from chassis.kernel import Sealed
from services.providers.domain.worker import Employ, Employed, Leave, Left
from tests.providers.examples import A_WORKER, ANNING, BAIXIN, NOW, TOWNSHIP

EMPLOY = Employ(
    provider=ANNING, name=Sealed(box="1.n.c"), phone=None, qualifications=("nursing",), township=TOWNSHIP, at=NOW
)
EMPLOYED = Employed(
    provider=ANNING, name=Sealed(box="1.n.c"), phone=None, qualifications=("nursing",), township=TOWNSHIP, at=NOW
)
LEAVE = Leave(provider=ANNING, day=date(2026, 12, 1), at=NOW)
LEFT = Left(day=date(2026, 12, 1), at=NOW)


def test_is_employed_by_a_registered_provider() -> None:
    A_WORKER.when(EMPLOY, known=True).then(EMPLOYED)


def test_is_not_employed_by_a_provider_nobody_knows() -> None:
    A_WORKER.when(EMPLOY, known=False).rejected("provider.unknown")


def test_is_employed_once() -> None:
    A_WORKER.given(EMPLOYED).when(EMPLOY, known=True).then()


def test_leaves_once() -> None:
    A_WORKER.given(EMPLOYED).when(LEAVE, known=True).then(LEFT)
    A_WORKER.given(EMPLOYED, LEFT).when(LEAVE, known=True).then()


def test_is_not_let_go_by_another_provider() -> None:
    leave = Leave(provider=BAIXIN, day=date(2026, 12, 1), at=NOW)
    A_WORKER.given(EMPLOYED).when(leave, known=True).rejected("worker.unknown")
