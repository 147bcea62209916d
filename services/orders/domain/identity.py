"""The citizen identity number: 17 digits and a check character (GB 11643, ISO 7064 MOD 11-2).

The place code is not checked: county codes are younger than many elders, and abolished ones stay valid for the past.
"""

from __future__ import annotations

import re
from datetime import date

from chassis.kernel import Rejected

_FORM = re.compile(r"[0-9]{17}[0-9X]")
_CHECK_CHARACTERS = "10X98765432"


def check_character(first_17: str) -> str:
    """The 18th character that belongs to 17 digits: the sum of digit times 2^(17-i) modulo 11 chooses it."""
    return _CHECK_CHARACTERS[sum(int(digit) * (1 << (17 - i)) for i, digit in enumerate(first_17)) % 11]


def check(id_number: str, born: date) -> None:
    """Refuse a number that is not well formed, whose check character is wrong, or that tells another birthday.

    Raises ``Rejected`` with ``beneficiary.id_number_wrong`` or ``beneficiary.born_differs``; never with the number.
    """
    if not _FORM.fullmatch(id_number) or check_character(id_number[:17]) != id_number[17]:
        raise Rejected("beneficiary.id_number_wrong")
    try:
        told = date.fromisoformat(f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}")
    except ValueError:
        raise Rejected("beneficiary.id_number_wrong") from None
    if told != born:
        raise Rejected("beneficiary.born_differs")
