"""A body that two parsers could read differently is refused; every other body passes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.body import DEPTH_MAX, check_json, check_media_type
from chassis.problems import Refused

REFUSED = {
    b"": "body.missing",
    b"\xef\xbb\xbf{}": "body.byte_order_mark",
    '{"a":1}'.encode("utf-16"): "body.not_utf8",
    '{"a":1}'.encode("utf-16-le"): "body.not_utf8",
    b'{"a":"\xff"}': "body.not_utf8",
    b'{"a":"\xed\xa0\x80"}': "body.not_utf8",
    b'{"a":"x\0"}': "body.nul",
    b'{"a":"x\\u0000"}': "body.nul",
    b'{"a\\u0000":1}': "body.nul",
    b'{"a":"\\ud800"}': "body.surrogate",
    b'{"a":"\\ud800 and more"}': "body.surrogate",
    b'{"a":"\\udc00\\ud800"}': "body.surrogate",
    b'{"\\udfff":1}': "body.surrogate",
    b'{"a":NaN}': "body.not_finite",
    b'{"a":-Infinity}': "body.not_finite",
    b'{"a":1e999}': "body.not_finite",
    b'{"a":1,"a":1}': "body.duplicate_key",
    b'{"a":1,"a" :1}': "body.duplicate_key",
    b'{"a" :1,"a":1}': "body.duplicate_key",
    b'{"a"\n:1,"a"\n:1}': "body.duplicate_key",
    b'{"a":1,"\\u0061":1}': "body.duplicate_key",
    b'{"b":[{"c":{"a":1,"a":2}}]}': "body.duplicate_key",
    b"{": "body.malformed",
    b'{"a":1}x': "body.malformed",
    b'{"a":01}': "body.malformed",
    b'{"a":1,}': "body.malformed",
    b"{'a':1}": "body.malformed",
    b'{"a":"\x01"}': "body.malformed",
    b"[" * 21 + b"]" * 21: "body.too_deep",
    b'{"a":' * 21 + b"1" + b"}" * 21: "body.too_deep",
    b"[" * 100_000: "body.too_deep",
}


@pytest.mark.parametrize(("raw", "code"), REFUSED.items(), ids=lambda value: repr(value)[:40])
def test_it_is_refused_with_its_own_code(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_json(raw)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b"null",
        b'{"a":"\\ud83d\\ude00"}',
        b'{"a":"\\\\u0000"}',
        b'{"at":"2026-11-22T01:02:03Z","text":"\\"a\\":1 :x"}',
        b' { "a" : [ { "a" : 1 } , { "a" : 2 } ] } ',
        '{"名":"宁晋"}'.encode(),
        b"[" * DEPTH_MAX + b"]" * DEPTH_MAX,
        b"[" + b",".join([b'{"a":[]}'] * 50) + b"]",
    ],
)
def test_a_sound_body_passes(raw: bytes) -> None:
    check_json(raw)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values, st.booleans(), st.sampled_from([(",", ":"), (", ", ": "), (" ,", " :"), (",", "\n:")]))
def test_whatever_json_can_say_passes_however_it_is_written(
    value: object, escaped: bool, separators: tuple[str, str]
) -> None:
    check_json(json.dumps(value, ensure_ascii=escaped, separators=separators).encode())


@given(st.dictionaries(texts, values, min_size=1, max_size=4), st.booleans(), st.sampled_from([":", ": ", " :"]))
def test_a_repeated_key_never_passes(members: dict[str, object], escaped: bool, colon: str) -> None:
    pairs = [f"{json.dumps(key, ensure_ascii=escaped)}{colon}{json.dumps(value)}" for key, value in members.items()]
    repeated = f"{json.dumps(next(iter(members)))}:1"
    with pytest.raises(Refused, match="duplicate_key"):
        check_json(f"{{{','.join([*pairs, repeated])}}}".encode())


@pytest.mark.parametrize("media_type", [b"application/json", b"application/json; charset=utf-8", b"Application/Json;"])
def test_json_in_utf8_is_the_media_type(media_type: bytes) -> None:
    check_media_type(media_type)


@pytest.mark.parametrize("media_type", [b"", b"text/json", b"application/json; charset=latin-1", b"application/json+x"])
def test_another_media_type_is_refused(media_type: bytes) -> None:
    with pytest.raises(Refused, match="media_type"):
        check_media_type(media_type)
