"""The device's clock: what it tells is set right before anything is decided, so that a wrong clock costs nobody pay."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.providers.domain.visit.words import Report

LEAST_SKEW = timedelta(minutes=2)
"""Less than this is the way of the message, not a wrong clock."""


def skew(device_now: datetime | None, at: datetime) -> timedelta:
    """How far the device is behind us, in whole seconds; nothing where it does not tell its clock or is right."""
    if device_now is None:
        return timedelta()
    behind = timedelta(seconds=round((at - device_now).total_seconds()))
    return behind if abs(behind) >= LEAST_SKEW else timedelta()


def times(report: Report) -> tuple[datetime, datetime]:
    """From when to when, by our clock. A beginning that was noted by itself is by our clock already."""
    behind = skew(report.device_now, report.told_at or report.at)
    started_at = report.started_at if report.start_noted else report.started_at + behind
    return started_at, report.ended_at + behind
