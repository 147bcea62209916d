"""Many commands of one kind in one request: each is decided by itself and has a result of its own.

``routes.post("/v1/visits", …, bulk="/v1/bulk/visits")`` also makes a route that takes ``{"items": [...]}``. An item has
what the single route has in its path and its body; where that one needs ``If-Match``, ``if_match``. The shape of all
items is checked first: one that is wrong refuses the whole. Then they are asked together, so that they share batches,
and each is answered, refused and kept as if it had come alone under the key ``<Idempotency-Key>/<index>``: asked again,
those that were accepted get their kept answers, the others are tried again. The same key with another body is refused
as a whole.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema, create_model

from chassis.http.call import Call, Running
from chassis.http.conditions import expected
from chassis.http.declared import Declared
from chassis.http.documented import path_names
from chassis.http.operation import OperationRoute
from chassis.http.query import Filters
from chassis.http.rates import Rates
from chassis.http.shapes import Body
from chassis.http.values import Id
from chassis.problems import SCHEMA, Place, Problem, Problems, Refused
from chassis.service import Reply

ITEMS_MAX = 500
"""More than this no deployment takes; ``CARELOOP_BULK_MAX`` may be less."""
IF_MATCH = "if_match"
_KEPT_OTHERWISE = "select 1 from inbox where county = $1 and key = any($2::text[]) and request_hash <> $3 limit 1"


class BulkRoute(OperationRoute):
    """The route that takes many of ``single``'s commands."""

    def __init__(self, single: Declared) -> None:
        super().__init__(in_bulk(single))
        self.single = OperationRoute(single)

    def serve(self, running: Running, problems: Problems, rates: Rates) -> None:
        """Serve ``running``, each item as the single route does."""
        super().serve(running, problems, rates)
        self.single.serve(running, problems, rates)

    async def _answer(self, call: Call[Any]) -> Reply:
        items = call.body.items
        most = min(ITEMS_MAX, self.running.settings.bulk_max)
        if len(items) > most:
            raise Refused("body.invalid", places=(Place("items", "too_long"),), max=most)
        self.rates.count_more(call.caller, len(items) - 1)
        keys = [call.kept_under(_key(call, place)) for place in range(ITEMS_MAX)]
        if await call.fetchrow(_KEPT_OTHERWISE, call.county, keys, call.request_hash):
            raise Refused("idempotency_key.reused")
        results = await asyncio.gather(*(self._one(call, place, item) for place, item in enumerate(items)))
        return Reply(status=200, body=b'{"items":[%s]}' % b",".join(results))

    async def _one(self, call: Call[Any], place: int, item: BaseModel) -> bytes:
        try:
            reply = await self.single._answer(self._alone(call, place, item))
        except Exception as error:
            problem: Problem = self._problem(error, call.request_id)
            self.watched.refused(problem.code)
            return b'{"index":%d,"status":%d,"problem":%s}' % (place, problem.status, problem.body)
        return b'{"index":%d,"status":%d,"answer":%s}' % (place, reply.status, reply.body)

    def _alone(self, call: Call[Any], place: int, item: BaseModel) -> Call[Any]:
        """The item as the call of the single route that it stands for."""
        single = self.single.declared
        told = dict(item)
        path = {name: str(told.pop(name)) for name in path_names(single.path)}
        seen = told.pop(IF_MATCH, None)
        body = None if single.body is None else single.body.model_construct(item.model_fields_set & told.keys(), **told)
        return replace(
            call, path=path, body=body, key=_key(call, place), route=single, asked=False,
            expected=None if seen is None else expected(seen.encode()),
        )  # fmt: skip


def in_bulk(single: Declared) -> Declared:
    """The declaration of the route for many. ValueError where an item cannot hold what the single route takes."""
    name = f"{single.name}_in_bulk"
    return replace(
        single,
        path=single.bulk,
        name=name,
        body=_items(single, name),
        answer=_results(single, name),
        status=200,
        summary=f"批量{single.summary}, many at once" if single.summary else "",
        description=f"Many at once: each item as `POST {single.path}`, decided by itself.",
        filters=Filters({}, ()),
        guarded="",
        bulk="",
        acts_as=single.acts_as or single.name,
    )


def _items(single: Declared, name: str) -> type[BaseModel]:
    fields: dict[str, Any] = {
        parameter: (Id if parameter.endswith("_id") else str, ...) for parameter in path_names(single.path)
    }
    if single.guarded:
        fields[IF_MATCH] = (Annotated[str, Field(max_length=1024, description="As the header If-Match.")], ...)
    taken = fields.keys() & (single.body.model_fields.keys() if single.body is not None else set())
    if taken or single.keyless or single.public:
        raise ValueError(f"{single.path}: no bulk of it: {', '.join(sorted(taken)) or 'nobody is asked for it'}")
    item = create_model(f"{_words(name)}Item", __base__=single.body or Body, **fields)
    item.__doc__ = f"What `POST {single.path}` takes in path and body."
    items: Any = Annotated[tuple[item, ...], Field(min_length=1, max_length=ITEMS_MAX)]  # type: ignore[valid-type]
    model: type[BaseModel] = create_model(_words(name), __base__=Body, items=(items, ...))
    model.__doc__ = "The commands; each is decided by itself, in no promised order."
    return model


def _results(single: Declared, name: str) -> type[BaseModel]:
    """Only described: an answer is put together from the answers of the items."""
    problem = Annotated[dict[str, Any], WithJsonSchema(dict(SCHEMA))]
    result = create_model(
        f"{_words(name)}Result", __base__=Body, index=(int, ...), status=(int, ...),
        answer=(single.answer, None), problem=(problem, None),
    )  # fmt: skip
    result.__doc__ = "What became of the item at `index`: the single route's status, and its `answer` or `problem`."
    model: type[BaseModel] = create_model(f"{_words(name)}Answer", __base__=Body, items=(list[result], ...))  # type: ignore[valid-type]
    model.__doc__ = "A result for each item, in their order."
    return model


def _key(call: Call[Any], place: int) -> str:
    return f"{call.key}/{place}"


def _words(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
