"""Numbers that are well formed and belong to nobody: identity numbers and credit codes of generated people and bodies.

An identity number here has the county's code, a birthday of its own and the sequence ``000``. Registers number the
people of a place and day from 001 on, so the sequence alone tells that a number was generated; name and address say
so too, and the registration is marked ``generated``. In a credit code ``DEM`` begins the organisation's own part.
"""

from __future__ import annotations

from datetime import date

COUNTY = "130528"
GENERATED_SEQUENCE = "000"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CHECK_CHARACTERS = "10X98765432"


def identity_number(born: date) -> str:
    """The generated number of whoever was born on ``born``: 17 digits and the check character of ISO 7064 MOD 11-2."""
    digits = f"{COUNTY}{born:%Y%m%d}{GENERATED_SEQUENCE}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return digits + _CHECK_CHARACTERS[total % 11]


def credit_code(kind: str, number: int) -> str:
    """The generated unified social credit code of a body; ``kind`` is how it begins: 91 company, 52 agency, 53 charity.

    Eighteen characters, the last a check character modulo 31 (GB 32100).
    """
    stem = f"{kind}{COUNTY}DEM{number:06}"
    weighted = sum(_CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(stem))
    return stem + _CREDIT_ALPHABET[-weighted % 31]
