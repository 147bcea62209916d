"""Write the OpenAPI documents of the services as the running applications serve them, or check the written ones.

    python -m careloop.openapi_files --write | --check

They stand in ``contracts/openapi`` but are written from here, since the published language knows no service. Nothing
is connected: an application describes itself by its declaration alone. ``--check`` names every document that is
missing or out of date and ends with 1.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from fastapi import FastAPI
from pydantic import SecretStr

from chassis.auth import Verifier
from chassis.clock import Clock
from chassis.codec import Codec
from chassis.config import Settings
from chassis.database import Database
from chassis.http import Running, create_app
from chassis.service import Ask, Reply, Service
from contracts import written
from services.declared import declared

CONTRACTS = Path(__file__).parents[1] / "contracts"


class _Deaf:
    """Takes no command: who only describes itself is asked nothing."""

    async def ask(self, ask: Ask) -> Reply:
        raise RuntimeError(f"nobody decides here: {ask.key}")

    def on_commit(self, callback: Callable[[str, int, int], None]) -> None:
        """Nothing is ever committed."""


def application(service: Service) -> FastAPI:
    """An application that can only describe itself; ValueError for a declaration none can be made of."""
    settings = Settings(token_secret=SecretStr(secrets.token_urlsafe(32)), embedded=False)
    running = Running(
        service=service,
        settings=settings,
        clock=Clock(),
        dispatch=_Deaf(),
        database=cast(Database, None),
        verifier=Verifier(settings),
        codec=Codec(service.deciders),
    )
    return create_app(service, running)


def text(service: Service) -> str:
    """The OpenAPI 3.1 document as it is written: in the order of declaration, with a newline at the end."""
    return json.dumps(application(service).openapi(), ensure_ascii=False, indent=2) + "\n"


def makers() -> written.Makers:
    """Path below ``contracts`` -> what makes the document."""
    return {f"openapi/{service.name}.json": partial(text, service) for service in declared()}


if __name__ == "__main__":
    sys.exit(written.run(sys.argv[1:], CONTRACTS, makers(), __doc__))
