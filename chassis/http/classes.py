"""Classes of fields: what of an answer not every reader of it may see.

    tier: Annotated[str | None, field_class("health")]

Who may see a class the policies say (``see.health``); to everybody else the field is null. The description shows it as
``x-careloop-class``. What is kept back is taken out after the answer is made, and only for those who do not see all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, get_args

import msgspec
from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

MARK = "x-careloop-class"

Tree = Mapping[str, "str | Tree"]
"""The classed fields of a model by name: the class, or those of the model that the field holds."""


def field_class(name: str) -> Any:
    """Marks a field, which can be null, as one of class ``name``."""
    return Field(json_schema_extra={MARK: name})


def classes_of(model: type[BaseModel]) -> frozenset[str]:
    """All classes of fields that answers of ``model`` show. ValueError for a classed field that cannot be null."""
    return frozenset(_leaves(_tree(model)))


def column_classes(row: type[BaseModel]) -> Mapping[str, str]:
    """The classes of a row's own fields, by name."""
    return {name: value for name, value in _tree(row).items() if isinstance(value, str)}


def without(model: type[BaseModel], answer: BaseModel, hidden: Collection[str]) -> bytes:
    """The answer as JSON, with null in the place of every field of a class in ``hidden``."""
    told = answer.model_dump(mode="json", by_alias=True)
    _hide(told, _tree(model), hidden)
    return msgspec.json.encode(told)


@cache
def _tree(model: type[BaseModel]) -> Tree:
    found: dict[str, str | Tree] = {}
    for name, field in model.model_fields.items():
        called = field.serialization_alias or field.alias or name
        if (field_class := _class(field)) is not None:
            if type(None) not in get_args(field.annotation):
                raise ValueError(f"{model.__name__}.{name}: a field of a class can be null")
            found[called] = field_class
        else:
            below = {key: value for inner in _models(field.annotation) for key, value in _tree(inner).items()}
            if below:
                found[called] = below
    return found


def _class(field: FieldInfo) -> str | None:
    extra = field.json_schema_extra
    return str(extra[MARK]) if isinstance(extra, dict) and MARK in extra else None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _leaves(tree: Tree) -> Iterator[str]:
    for value in tree.values():
        if isinstance(value, str):
            yield value
        else:
            yield from _leaves(value)


def _hide(told: Any, tree: Tree, hidden: Collection[str]) -> None:
    if isinstance(told, list):
        for each in told:
            _hide(each, tree, hidden)
    elif isinstance(told, dict):
        for name, value in tree.items():
            if not isinstance(value, str):
                _hide(told.get(name), value, hidden)
            elif value in hidden and name in told:
                told[name] = None
