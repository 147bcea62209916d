"""The one error of this package: its text is for the person at the terminal and says what to do."""

from __future__ import annotations


class EmbeddedError(RuntimeError):
    """A server cannot be started, found or stopped."""
