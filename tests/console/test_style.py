"""Every colour of text is at least 7:1 on every ground it may stand on (WCAG 2.2, 1.4.6)."""

from __future__ import annotations

import re

import pytest

from console.pages import Pages

CSS = Pages().files["/static/console.css"].body.decode()
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", CSS))
LINEAR_FROM = 0.04045


def luminance(colour: str) -> float:
    """The relative luminance of ``#rgb`` or ``#rrggbb``."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= LINEAR_FROM else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances."""
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("ink", ("ground", "soft", "bad-soft", "good-soft")),
        ("quiet", ("ground", "soft", "bad-soft", "good-soft")),
        ("deep", ("ground", "soft")),
        ("ground", ("deep",)),
        ("bad", ("ground", "bad-soft")),
        ("good", ("good-soft",)),
    ],
)
def test_text_is_seen_on_its_ground(text: str, grounds: tuple[str, ...]) -> None:
    assert min(contrast(text, ground) for ground in grounds) >= 7


def test_edges_of_fields_and_the_focus_are_seen() -> None:
    assert min(contrast("line", "ground"), contrast("look", "ground"), contrast("look", "soft")) >= 3


def test_colours_are_said_once_and_nothing_is_fetched() -> None:
    body = CSS.partition("}")[2]
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", body)) <= {"#fff"}
    assert "url(" not in CSS
    assert "@import" not in CSS
