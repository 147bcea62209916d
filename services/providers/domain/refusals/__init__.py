"""Every code the service refuses with: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

from services.providers.domain.refusals import offers, registers, visits

REFUSALS: Mapping[str, tuple[int, str, str]] = {**registers.REFUSALS, **offers.REFUSALS, **visits.REFUSALS}
