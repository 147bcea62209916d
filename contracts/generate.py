"""Write what is generated of the published language, or check that what is written is current.

    python -m contracts.generate --write | --check

Schemas of the policy pack, the envelope and every public event, and the AsyncAPI document. The OpenAPI documents need
the services and are written by ``careloop.openapi_files``. ``--check`` names every file that is missing or out of date
and ends with 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from contracts import asyncapi, written
from contracts.envelope import CloudEvent
from contracts.event_schema import told
from contracts.policy_pack import PolicyPack
from contracts.registry import EVENTS
from contracts.values import Value
from contracts.yaml_text import yaml_text

HERE = Path(__file__).parent
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(model: type[Value], name: str) -> str:
    """The JSON Schema of ``model`` as text, named ``urn:careloop:<name>``."""
    return _named(model.model_json_schema(), name)


def told_schema_of(model: type[BaseModel], name: str) -> str:
    """The JSON Schema of what is told in the shape of ``model`` as text, named ``urn:careloop:<name>``."""
    return _named(told(model), name)


def _named(schema: dict[str, Any], name: str) -> str:
    named = {"$schema": DRAFT, "$id": f"urn:careloop:{name}", **schema}
    return json.dumps(named, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "asyncapi.yaml": lambda: yaml_text(asyncapi.document()),
    "schemas/policy_pack.schema.json": lambda: schema_of(PolicyPack, "policy-pack"),
    "schemas/cloudevent.schema.json": lambda: told_schema_of(CloudEvent, "cloudevent"),
    **{f"schemas/{name}.schema.json": partial(told_schema_of, kind, f"event:{name}") for name, kind in EVENTS.items()},
}
"""Path below this folder -> what must stand there. A new published file is one more line here."""


def stale(folder: Path = HERE) -> list[str]:
    """The generated files below ``folder`` that are missing or differ from what they must be."""
    return list(written.stale(folder, GENERATED))


def write(folder: Path = HERE) -> list[str]:
    """Write what is stale below ``folder``; the paths written."""
    return written.write(folder, GENERATED)


if __name__ == "__main__":
    sys.exit(written.run(sys.argv[1:], HERE, GENERATED, __doc__))
