"""Rounding (S4): half away from zero, on the absolute value; nothing else in the engine rounds."""

from __future__ import annotations

from fractions import Fraction


def rounded(numerator: int, denominator: int) -> int:
    """``numerator ÷ denominator`` in whole fen; ``denominator`` is positive."""
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def share(fen: int, rate: Fraction) -> int:
    """``fen × rate`` in whole fen."""
    return rounded(fen * rate.numerator, rate.denominator)
