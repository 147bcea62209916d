"""The services' streams, as the operator keeps them: none of them lets a message be deleted or purged.

A service's relay makes its stream like that. One from before is changed here: NATS lets both be forbidden later on, and
never be allowed again.
"""

from __future__ import annotations

from collections.abc import Iterable

import nats
import nats.errors
import structlog
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from chassis.config import Settings
from contracts import subjects
from services.declared import PORTS

log = structlog.get_logger(__name__)

PATIENCE_S = 5.0


async def guard_streams(settings: Settings, services: Iterable[str] = PORTS) -> list[str]:
    """Forbid deleting and purging in every stream that still allows it; the streams that were changed.

    Without NATS, or without the right to change a stream, nothing is changed and it is logged.
    """
    changed = []
    for service in services:
        try:
            client = await nats.connect(
                settings.operator_nats_url(service),
                connect_timeout=PATIENCE_S,
                allow_reconnect=False,
                max_reconnect_attempts=1,
            )
            try:
                if await _guard(client.jetstream(timeout=PATIENCE_S), name := subjects.stream(service)):
                    changed.append(name)
            finally:
                await client.close()
        except (OSError, nats.errors.Error, TimeoutError) as error:
            log.warning("stream is not looked at", service=service, error=repr(error))
    return changed


async def _guard(jetstream: JetStreamContext, name: str) -> bool:
    try:
        config = (await jetstream.stream_info(name)).config
    except NotFoundError:
        return False
    if config.deny_delete and config.deny_purge:
        return False
    await jetstream.update_stream(config.evolve(deny_delete=True, deny_purge=True))
    log.info("messages can no longer be deleted", stream=name)
    return True
