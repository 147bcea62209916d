"""Shapes of requests and answers, and how an answer becomes bytes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from chassis.http.classes import without

Row = TypeVar("Row", bound=BaseModel)


class Body(BaseModel):
    """A request body or answer: strict types, no unknown keys, never changed; its errors echo no input."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Done(Body):
    """The answer where a route declares none: the first stream that was asked, and its version now."""

    id: UUID
    version: int


class Page(BaseModel, Generic[Row]):
    """A page of rows; ``next`` is the cursor of the page after it, null on the last one."""

    items: list[Row]
    next: str | None


Answer = BaseModel | Mapping[str, object]
"""What a handler answers with: the declared model, or a mapping that the model reads."""


def to_bytes(model: type[BaseModel], answer: Answer, hidden: Collection[str] = ()) -> bytes:
    """The answer as JSON, without the fields of the classes ``hidden``. A mapping is read by ``model`` first, so that
    nothing undeclared leaves; raises ``pydantic.ValidationError`` where it lacks what is declared."""
    if not isinstance(answer, BaseModel):
        answer = model.model_validate(answer, strict=False, extra="ignore")
    if hidden:
        return without(model, answer, hidden)
    return answer.__pydantic_serializer__.to_json(answer)
