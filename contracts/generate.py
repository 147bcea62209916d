"""Write the generated schemas of the published language, or check that the written ones are current.

    python -m contracts.generate --write | --check

``--check`` names every file that is missing or out of date and ends with 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contracts.policy_pack import PolicyPack
from contracts.values import Value

HERE = Path(__file__).parent
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(model: type[Value], name: str) -> str:
    """The JSON Schema of ``model`` as text, named ``urn:careloop:<name>``."""
    schema: dict[str, Any] = {"$schema": DRAFT, "$id": f"urn:careloop:{name}", **model.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "schemas/policy_pack.schema.json": lambda: schema_of(PolicyPack, "policy-pack"),
}
"""Path below this folder -> what must stand there. A new published file is one more line here."""


def stale(folder: Path = HERE) -> list[str]:
    """The generated files below ``folder`` that are missing or differ from what they must be."""
    wanted = {path: make() for path, make in GENERATED.items()}
    return [path for path, text in wanted.items() if not _stands(folder / path, text)]


def write(folder: Path = HERE) -> list[str]:
    """Write what is stale below ``folder``; the paths written."""
    written = stale(folder)
    for path in written:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(GENERATED[path](), encoding="utf-8", newline="\n")
    return written


def _stands(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def main(arguments: list[str]) -> int:
    """Run one of the two modes; 0 for success, 1 for stale files, 2 for a wrong call."""
    match arguments:
        case ["--write"]:
            print("\n".join(f"written: {path}" for path in write()) or "all current")
            return 0
        case ["--check"]:
            old = stale()
            print("\n".join(f"out of date: {path}" for path in old) or "all current")
            return 1 if old else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
