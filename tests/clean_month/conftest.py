"""The providers service as it runs, for a sample of the month."""

from __future__ import annotations

from tests.providers.conftest import edge

__all__ = ["edge"]
