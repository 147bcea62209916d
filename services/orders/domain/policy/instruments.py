"""Instruments of assessment by version: answers become a degree, kinds of difficulty and follow-up measures.

Paper 003, part 2 (1) item 1: four dimensions are assessed (body and mind, daily care, family relations, social
support); what comes out is the type of difficulty, its degree and what follows up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.kernel import Rejected


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question, answered with 0 (no difficulty) to ``most``."""

    id: str
    text: str
    most: int


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """Questions of one dimension; difficult from this sum on."""

    id: str
    name: str
    difficult_from: int
    follow_up: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Degree:
    """Reached from this sum of all answers on."""

    id: str
    name: str
    from_score: int


@dataclass(frozen=True, kw_only=True)
class Result:
    """What answers amount to: which instrument, its sum, degree, difficult dimensions, follow-up measures."""

    instrument: str
    version: str
    total: int
    degree: str
    difficulties: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """One version of an instrument; ``categories`` empty: for everybody. ``degrees`` stand from the lowest up."""

    id: str
    version: str
    name: str
    valid_from: date
    categories: frozenset[str]
    dimensions: tuple[Dimension, ...]
    degrees: tuple[Degree, ...]

    def score(self, answers: Mapping[str, int]) -> Result:
        """What ``answers`` to all questions amount to.

        Raises ``need.answers_incomplete`` and ``need.answer_out_of_range``, which tells the question's place only.
        """
        questions = [question for dimension in self.dimensions for question in dimension.questions]
        if answers.keys() != {question.id for question in questions}:
            raise Rejected("need.answers_incomplete", questions=len(questions))
        for number, question in enumerate(questions, 1):
            if not 0 <= answers[question.id] <= question.most:
                raise Rejected("need.answer_out_of_range", number=number, most=question.most)
        difficult = [one for one in self.dimensions if _sum(one, answers) >= one.difficult_from]
        total = sum(answers.values())
        reached = [degree.id for degree in self.degrees if degree.from_score <= total]
        measures = dict.fromkeys(measure for dimension in difficult for measure in dimension.follow_up)
        return Result(
            instrument=self.id,
            version=self.version,
            total=total,
            degree=reached[-1] if reached else "",
            difficulties=tuple(dimension.id for dimension in difficult),
            measures=tuple(measures),
        )


def newest(instruments: Iterable[Instrument], categories: Collection[str], day: date) -> Instrument:
    """The instrument for a person of ``categories`` on ``day``: of those that name a category of theirs, else of the
    general ones, the one that began last. Raises ``need.no_instrument``."""
    begun = [one for one in instruments if one.valid_from <= day]
    named = [one for one in begun if not one.categories.isdisjoint(categories)]
    fitting = named or [one for one in begun if not one.categories]
    if not fitting:
        raise Rejected("need.no_instrument")
    return max(fitting, key=lambda one: (one.valid_from, one.id))


def read_instrument(entry: Mapping[str, Any]) -> Instrument:
    """An ``[[orders.needs.instrument]]``."""
    degrees = (Degree(id=one["id"], name=one["name"], from_score=one["from_score"]) for one in entry["degree"])
    return Instrument(
        id=entry["id"],
        version=entry["version"],
        name=entry["name"],
        valid_from=date.fromisoformat(entry["valid_from"]),
        categories=frozenset(entry.get("categories_any", ())),
        dimensions=tuple(_dimension(one) for one in entry["dimension"]),
        degrees=tuple(sorted(degrees, key=lambda degree: degree.from_score)),
    )


def _dimension(entry: Mapping[str, Any]) -> Dimension:
    return Dimension(
        id=entry["id"],
        name=entry["name"],
        difficult_from=entry["difficult_from"],
        follow_up=tuple(entry.get("follow_up", ())),
        questions=tuple(Question(id=one["id"], text=one["text"], most=one["most"]) for one in entry["question"]),
    )


def _sum(dimension: Dimension, answers: Mapping[str, int]) -> int:
    return sum(answers[question.id] for question in dimension.questions)
