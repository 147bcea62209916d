"""What a worker is, and the rules of employing, training and sending away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chassis.kernel import Rejected
from services.providers.domain import calendar
from services.providers.domain.policy import Policy
from services.providers.domain.register_rules import NOTHING_ASKED
from services.providers.domain.worker.words import (
    Assign,
    Assigned,
    BeAway,
    Command,
    Employ,
    Employed,
    Evaluate,
    Evaluated,
    Event,
    Leave,
    Left,
    Post,
    Qualification,
    Qualified,
    Qualify,
    Return,
    Returned,
    Train,
    Trained,
    WentAway,
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """Whether the provider is registered, its open outlets by name, and the policy in force on the day."""

    registered: bool = False
    outlets: frozenset[str] = frozenset()
    policy: Policy | None = None


NOWHERE = Post(township="")


@dataclass(frozen=True, kw_only=True)
class Worker:
    """The state: as employed, where now, what shown and learned, when away, and from which day gone."""

    employed: Employed | None = None
    post: Post = NOWHERE
    qualifications: tuple[Qualification, ...] = ()
    trainings: tuple[Trained, ...] = ()
    evaluations: tuple[Evaluated, ...] = ()
    absences: tuple[WentAway, ...] = ()
    left_on: date | None = None

    @property
    def trained_to(self) -> date | None:
        """The last day on which enough training counts."""
        return self.trainings[-1].trained_to if self.trainings else None


def decide(command: Command, worker: Worker, known: Known) -> list[Event]:
    """A worker is one provider's; nothing is decided about another's."""
    if isinstance(command, Employ):
        return _employ(command, worker, known)
    if worker.employed is None or worker.employed.provider != command.provider:
        raise Rejected("worker.unknown")
    match command:
        case Leave() if worker.left_on is not None:
            return []
        case Leave():
            return [Left(day=command.day, at=command.at)]
        case Return():
            return _return(command, worker)
        case Assign():
            return _assign(command, worker, known)
        case Qualify():
            return _qualify(command, worker)
        case Train():
            return _train(command, worker, known)
        case Evaluate():
            return _evaluate(command, worker)
        case BeAway():
            return _be_away(command, worker)


def evolve(worker: Worker, event: Event) -> Worker:
    """What happened, one after another."""
    match event:
        case Employed():
            post = Post(
                township=event.township,
                outlet=event.outlet,
                village=event.village,
                monthly_capacity=event.monthly_capacity,
                low_income=event.low_income,
            )
            return Worker(employed=event, post=post)
        case Assigned():
            return replace(worker, post=event.post)
        case Qualified():
            return replace(worker, qualifications=(*worker.qualifications, event.qualification))
        case Trained():
            return replace(worker, trainings=(*worker.trainings, event))
        case Evaluated():
            return replace(worker, evaluations=(*worker.evaluations, event))
        case WentAway():
            return replace(worker, absences=(*worker.absences, event))
        case Left():
            return replace(worker, left_on=event.day)
        case Returned():
            return replace(worker, left_on=None, absences=(*worker.absences, *_between(worker.left_on, event)))


def _between(left_on: date | None, event: Returned) -> tuple[WentAway, ...]:
    """The days between leaving and returning: nobody was sent on them."""
    if left_on is None or left_on >= event.day:
        return ()
    last = event.day - timedelta(days=1)
    return (WentAway(from_day=left_on, to_day=last, reason_code="not_employed", at=event.at),)


def _employ(command: Employ, worker: Worker, known: Known) -> list[Event]:
    if not known.registered:
        raise Rejected("provider.unknown")
    if worker.employed is not None:
        return []
    _check_outlet(command.outlet, known)
    return [
        Employed(
            provider=command.provider,
            name=command.name,
            phone=command.phone,
            qualifications=command.qualifications,
            township=command.township,
            outlet=command.outlet,
            village=command.village,
            monthly_capacity=command.monthly_capacity,
            low_income=command.low_income,
            at=command.at,
        )
    ]


def _check_outlet(outlet: str, known: Known) -> None:
    """A worker belongs to an outlet of the own provider; where it sets out may lie in another township."""
    if outlet and outlet not in known.outlets:
        raise Rejected("worker.outlet_unknown")


def _assign(command: Assign, worker: Worker, known: Known) -> list[Event]:
    named = {
        "township": command.township,
        "outlet": command.outlet,
        "village": command.village,
        "monthly_capacity": command.monthly_capacity,
        "low_income": command.low_income,
    }
    post = replace(worker.post, **{name: value for name, value in named.items() if value is not None})  # type: ignore[arg-type]
    if post == worker.post:
        return []
    if worker.left_on is not None:
        raise Rejected("worker.left")
    _check_outlet(post.outlet, known)
    return [Assigned(post=post, at=command.at)]


def _qualify(command: Qualify, worker: Worker) -> list[Event]:
    shown = command.qualification
    if shown in worker.qualifications:
        return []
    if shown.valid_to is not None and shown.valid_to < shown.valid_from:
        raise Rejected("certificate.ends_before_it_begins")
    if any((one.code, one.number) == (shown.code, shown.number) for one in worker.qualifications):
        raise Rejected("certificate.number_taken")
    return [Qualified(qualification=shown, at=command.at)]


def _train(command: Train, worker: Worker, known: Known) -> list[Event]:
    """One course a day counts once. Enough are ``training_hours`` that count together on one day."""
    if any((one.course, one.day) == (command.course, command.day) for one in worker.trainings):
        return []
    if command.day > calendar.day_of(command.at):
        raise Rejected("worker.training_in_the_future")
    rules = known.policy.registers if known.policy else NOTHING_ASKED
    valid_to = command.valid_to or calendar.months_after(command.day, rules.training_months) - timedelta(days=1)
    if valid_to < command.day:
        raise Rejected("certificate.ends_before_it_begins")
    courses = [(one.day, one.valid_to, one.hours) for one in worker.trainings]
    return [
        Trained(
            course=command.course,
            hours=command.hours,
            day=command.day,
            valid_to=valid_to,
            trained_to=trained_to([*courses, (command.day, valid_to, command.hours)], rules.training_hours),
            policy=known.policy.version if known.policy else "",
            at=command.at,
        )
    ]


def trained_to(courses: Iterable[tuple[date, date, int]], least_hours: int) -> date | None:
    """The last day on which courses of (day, last day, hours) that count then are ``least_hours`` together."""
    told = list(courses)
    ends = sorted({last for _, last, _ in told}, reverse=True)
    enough = (
        end for end in ends if sum(hours for day, last, hours in told if day <= end <= last) >= least_hours
    )  # fmt: skip
    return next(enough, None)


def _evaluate(command: Evaluate, worker: Worker) -> list[Event]:
    """One evaluation a day; an earlier one entered later does not overtake."""
    if any(one.day == command.day for one in worker.evaluations):
        return []
    if command.day > calendar.day_of(command.at):
        raise Rejected("worker.evaluated_in_the_future")
    if any(one.day > command.day for one in worker.evaluations):
        raise Rejected("worker.evaluated_since")
    return [Evaluated(day=command.day, grade=command.grade, score=command.score, at=command.at)]


def _be_away(command: BeAway, worker: Worker) -> list[Event]:
    if any((one.from_day, one.to_day) == (command.from_day, command.to_day) for one in worker.absences):
        return []
    if command.to_day < command.from_day:
        raise Rejected("worker.absence_reversed")
    return [
        WentAway(
            from_day=command.from_day, to_day=command.to_day, reason_code=command.reason_code, at=command.at
        )
    ]  # fmt: skip


def _return(command: Return, worker: Worker) -> list[Event]:
    if worker.left_on is None:
        return []
    if command.day < worker.left_on:
        raise Rejected("worker.returns_before_leaving")
    return [Returned(day=command.day, at=command.at)]
