"""What the commands print with: one console for results, one for messages."""

from __future__ import annotations

from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def yuan(fen: int) -> str:
    """Integer fen as yuan with thousands separators: 123456 -> ``1,234.56``."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"
