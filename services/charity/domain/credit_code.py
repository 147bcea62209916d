"""The unified social credit code (统一社会信用代码, GB 32100): eighteen characters, the last a check, modulo 31.

Organisations are the same where their codes are, whatever their names.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def is_valid(code: str) -> bool:
    """Whether ``code`` has the form and its check character is right."""
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        return False
    weighted = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:-1]))
    return ALPHABET[-weighted % 31] == code[-1]
