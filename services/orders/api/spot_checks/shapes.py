"""What routes of spot checks share."""

from __future__ import annotations

import re
from typing import Any

from chassis.http import Call
from chassis.kernel import Rejected

YEAR = re.compile(r"20[0-9]{2}")


def year_of(call: Call[Any]) -> int:
    """The year in the path; ``not_found`` where it is none."""
    text = call.path["year"]
    if not YEAR.fullmatch(text):
        raise Rejected("not_found")
    return int(text)
