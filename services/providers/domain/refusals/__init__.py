"""Every code the service refuses with: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

from services.providers.domain.refusals import exceptions, grades, offers, photos, registers, visits

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    **registers.REFUSALS,
    **offers.REFUSALS,
    **visits.REFUSALS,
    **photos.REFUSALS,
    **exceptions.REFUSALS,
    **grades.REFUSALS,
}
