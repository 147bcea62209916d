"""Routes of what a worker can do and when: post, qualifications, training, evaluation, absences, return."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Routes
from chassis.service import Ask, Step
from services.providers.api.shapes import Code, Number, Outlet, StartVillage, Township, WorkerCapacity
from services.providers.domain import worker

routes = Routes(tag="workforce")


class AssignWorker(Body):
    """Another post; what is not named stays."""

    township: Township | None = None
    outlet: Outlet | None = None
    village: StartVillage | None = None
    monthly_capacity: WorkerCapacity | None = None
    low_income: bool | None = None


class QualifyWorker(Body):
    """A certificate of the worker; ``valid_to`` null: it has no end."""

    code: Code
    number: Number
    valid_from: Day
    valid_to: Day | None = None


class TrainWorker(Body):
    """A course by its code, ended on ``day``; ``valid_to`` null: it counts as long as the pack says."""

    course: Code
    hours: Annotated[int, Field(ge=1, le=1000)]
    day: Day
    valid_to: Day | None = None


class EvaluateWorker(Body):
    """Competence as it was found on ``day``; ``score`` of 100."""

    day: Day
    grade: Literal["competent", "needs_training", "not_competent"]
    score: Annotated[int, Field(ge=0, le=100)] | None = None


class WorkerAway(Body):
    """Days on which the worker is not sent, both included."""

    from_day: Day
    to_day: Day
    reason_code: Literal["leave", "training", "other"] = "leave"


class WorkerReturns(Body):
    """Employed again from ``day`` on."""

    day: Day


class QualificationRow(Body):
    """A certificate of a worker."""

    code: str
    number: str
    valid_from: date
    valid_to: date | None


class TrainingRow(Body):
    """A course and until when it counts."""

    course: str
    hours: int
    day: date
    valid_to: date


class EvaluationRow(Body):
    """What was found on a day."""

    day: date
    grade: str
    score: int | None


class LeaveRow(Body):
    """Days away."""

    from_day: date
    to_day: date
    reason_code: str


class WorkerWhole(Body):
    """A worker without name: everything that bears on being sent."""

    id: UUID
    provider: UUID
    township: str
    outlet: str
    village: str
    low_income: bool
    monthly_capacity: int
    qualifications: list[str]
    certificates: list[QualificationRow]
    trainings: list[TrainingRow]
    trained_to: date | None
    evaluations: list[EvaluationRow]
    evaluated: str
    leaves: list[LeaveRow]
    left_on: date | None


_WORKER = "/v1/providers/{provider_id}/workers/{worker_id}"


@routes.post(
    f"{_WORKER}/assignment", body=AssignWorker, summary="调整岗位 Assign a worker to another post",
    refusals=("worker.unknown", "worker.left", "worker.outlet_unknown"),
)  # fmt: skip
async def assign_worker(call: Call[AssignWorker]) -> Ask:
    """From now on; visits and offers before keep what they were."""
    return _of_worker(call, worker.Assign(provider=call.path_id("provider_id"), **dict(call.body), at=call.at))


@routes.post(
    f"{_WORKER}/qualifications", body=QualifyWorker, status=201, summary="登记人员资质 Enter a worker's certificate",
    refusals=("worker.unknown", "certificate.ends_before_it_begins", "certificate.number_taken"),
)  # fmt: skip
async def qualify_worker(call: Call[QualifyWorker]) -> Ask:
    """It counts on its days."""
    shown = worker.Qualification(**dict(call.body))
    return _of_worker(
        call, worker.Qualify(provider=call.path_id("provider_id"), qualification=shown, at=call.at)
    )  # fmt: skip


@routes.post(
    f"{_WORKER}/trainings", body=TrainWorker, status=201, summary="登记培训 Enter a training",
    refusals=("worker.unknown", "worker.training_in_the_future", "certificate.ends_before_it_begins"),
)  # fmt: skip
async def train_worker(call: Call[TrainWorker]) -> Ask:
    """Where the pack asks for training, nobody is sent before the hours that count are enough."""
    return _of_worker(call, worker.Train(provider=call.path_id("provider_id"), **dict(call.body), at=call.at))


@routes.post(
    f"{_WORKER}/evaluations", body=EvaluateWorker, status=201, summary="登记服务能力评价 Enter an evaluation",
    refusals=("worker.unknown", "worker.evaluated_in_the_future", "worker.evaluated_since"),
)  # fmt: skip
async def evaluate_worker(call: Call[EvaluateWorker]) -> Ask:
    """The last one counts."""
    return _of_worker(call, worker.Evaluate(provider=call.path_id("provider_id"), **dict(call.body), at=call.at))


@routes.post(
    f"{_WORKER}/absences", body=WorkerAway, status=201, summary="登记请假 Enter an absence",
    refusals=("worker.unknown", "worker.absence_reversed"),
)  # fmt: skip
async def worker_away(call: Call[WorkerAway]) -> Ask:
    """The worker is not counted on for orders that lie in it."""
    return _of_worker(call, worker.BeAway(provider=call.path_id("provider_id"), **dict(call.body), at=call.at))


@routes.post(
    f"{_WORKER}/return", body=WorkerReturns, summary="服务人员返岗 A worker is employed again",
    refusals=("worker.unknown", "worker.returns_before_leaving"),
)  # fmt: skip
async def worker_returns(call: Call[WorkerReturns]) -> Ask:
    """By the same provider; with another one the person is entered as another worker."""
    return _of_worker(call, worker.Return(provider=call.path_id("provider_id"), day=call.body.day, at=call.at))


@routes.get(
    "/v1/workers/{worker_id}", answer=WorkerWhole, summary="服务人员 A worker, without name", stream="worker_id"
)
async def one_worker(call: Call[None]) -> dict[str, Any] | None:
    """Post, qualifications, training, evaluations and absences."""
    row = await call.fetchrow(
        "select * from workers where county = $1 and id = $2", call.county, call.path_id("worker_id")
    )  # fmt: skip
    if row is None:
        return None
    call.permit(owner=row["provider"])
    lists = ("qualifications", "certificates", "trainings", "evaluations", "leaves")
    return {**row, **{name: json.loads(row[name]) for name in lists}}


def _of_worker(call: Call[Any], command: worker.Command) -> Ask:
    call.permit(owner=call.path_id("provider_id"))
    return call.ask(Step(decider=worker.decider, stream=call.path_id("worker_id"), command=command))
