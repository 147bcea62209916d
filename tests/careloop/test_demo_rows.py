"""The rows of the demonstration's summary: what happened before the stroke, what there is of each state behind it."""

from __future__ import annotations

from careloop.demo.counting import Row, every


def test_prints_noughts_and_parts_what_happened_from_what_is() -> None:
    row = Row(counts={"appeals": 1, "heard": 0}, states={"lodged": 0, "upheld": 1}, besides={"share": "9.26 %"})
    assert row.text == "appeals 1, heard 0, share 9.26 % | lodged 0, upheld 1"


def test_names_what_never_happened_and_no_empty_state() -> None:
    assert Row(counts={"appeals": 1, "heard": 0}, states={"lodged": 0}).noughts == ["heard"]


def test_shows_every_name_there_is_and_whatever_else_was_counted() -> None:
    assert every({"closed": 2, "new": 1}, ("none", "open", "closed")) == {"open": 0, "closed": 2, "new": 1}


def test_leaves_out_what_is_counted_elsewhere() -> None:
    assert every({"open": 1, "mended": 3}, ("open", "mended"), without=("mended",)) == {"open": 1}
