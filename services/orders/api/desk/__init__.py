"""Routes of the verification desk: its queue, judgements taken back, appeals, and the causes of corrections."""

from __future__ import annotations

from services.orders.api.desk import appeal_answers, appeals, causes, corrections, queue, undoing

PARTS = (queue, undoing, appeals, appeal_answers, corrections, causes)
