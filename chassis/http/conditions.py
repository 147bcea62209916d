"""Preconditions: entity tags, ``If-Match``, ``If-None-Match`` (RFC 9110, sections 8.8.3, 13.1.1, 13.1.2).

A tag is the version of a stream in quotes. A command names the version it was decided on, and is carried out on no
other; whether it still is that one is judged where the command is decided, not here.
"""

from __future__ import annotations

import re

from chassis.problems import Refused

NEVER = -1
"""A version that no stream has: what a tag of somebody else's making stands for."""

_MEMBER = re.compile(rb'[ \t]*((?:W/)?"[\x21\x23-\x7e\x80-\xff]*")?[ \t]*(?:,|\Z)')
_VERSION = re.compile(rb'"([1-9][0-9]{0,17})"')
_LENGTH_MAX = 1024


def tag(version: int) -> bytes:
    """The strong entity tag of a version."""
    return b'"%d"' % version


def expected(if_match: bytes) -> tuple[int, ...]:
    """The versions an ``If-Match`` names; empty for ``*``. A weak tag matches nothing, nor does one we never gave.

    Raises ``precondition.malformed``.
    """
    versions = tuple(int(found[1]) for each in _tags(if_match) if (found := _VERSION.fullmatch(each)))
    return versions or (() if if_match.strip() == b"*" else (NEVER,))


def unchanged(if_none_match: bytes, version: int) -> bool:
    """Whether an ``If-None-Match`` names ``version``, compared weakly (RFC 9110, section 8.8.3.2)."""
    return if_none_match.strip() == b"*" or tag(version) in {each.removeprefix(b"W/") for each in _tags(if_none_match)}


def _tags(header: bytes) -> list[bytes]:
    """The members of a list, empty ones left out (RFC 9110, section 5.6.1)."""
    if header.strip() == b"*":
        return []
    found, at = [], 0
    while at < len(header):
        member = _MEMBER.match(header, at)
        if member is None or len(header) > _LENGTH_MAX:
            raise Refused("precondition.malformed")
        found.append(member[1])
        at = member.end()
    tags = [each for each in found if each]
    if not tags:
        raise Refused("precondition.malformed")
    return tags
