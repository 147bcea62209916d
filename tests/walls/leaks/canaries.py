"""What must not be in an answer: ids, names, phones, numbers, amounts of others, plain or in another coat."""

from __future__ import annotations

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote
from uuid import UUID

from tests.walls.asking import Answer
from tests.walls.world.places import Spot

PUBLISHED = (
    "love_referred", "love_published", "love_claimed", "love_withdrawn", "love_fulfilled", "love_money", "love_missed",
    "love_given", "offer", "company", "charity_spare",
)  # fmt: skip
"""What stands in the hall or the registers, or may by and by, for everybody who has a token."""
_NUMBER = re.compile(rb"(?<![\w.-])[0-9]{4,15}(?![\w.-])")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BYTES_MIN = 8
"""A shorter text turns up by chance."""


@dataclass(frozen=True)
class Canaries:
    """Texts and amounts that are only another's."""

    texts: frozenset[str]
    amounts: frozenset[int]

    @cached_property
    def _forms(self) -> tuple[tuple[bytes, str], ...]:
        return tuple((form, text) for text in sorted(self.texts) for form in set(forms(text)))

    @cached_property
    def _beginnings(self) -> dict[bytes, list[tuple[bytes, str]]]:
        """The forms by how they begin: headers are short and many, and most hold the beginning of none."""
        found: dict[bytes, list[tuple[bytes, str]]] = {}
        for form, text in self._forms:
            assert len(form) >= _BYTES_MIN
            found.setdefault(form[:_BYTES_MIN], []).append((form, text))
        return found

    def found(self, answer: Answer) -> list[str]:
        """Those that stand in an answer, its headers included."""
        headers = b"\n".join(value for _, value in answer.headers)
        texts, amounts = self._searched(answer.readable)
        begun = self._beginnings.keys() & {headers[at : at + _BYTES_MIN] for at in range(len(headers))}
        found = texts | {text for some in begun for form, text in self._beginnings[some] if form in headers}
        amounts |= self.amounts & {int(number) for number in _NUMBER.findall(headers)}
        return sorted(found) + [f"{amount} fen" for amount in sorted(amounts)]

    def _searched(self, body: bytes) -> tuple[frozenset[str], frozenset[int]]:
        """What stands in a body; thousands of answers have the same, such as that nothing was found."""
        kept = self._bodies.get(body)
        if kept is None:
            texts = frozenset(text for form, text in self._forms if form in body)
            amounts = self.amounts & {int(number) for number in _NUMBER.findall(body)}
            kept = self._bodies[body] = (texts, amounts)
        return kept

    @cached_property
    def _bodies(self) -> dict[bytes, tuple[frozenset[str], frozenset[int]]]:
        return {}


def known(spots: Iterable[Spot]) -> Canaries:
    """Everything that belongs to these spots."""
    texts: set[str] = set()
    amounts: set[int] = set()
    for spot in spots:
        bodies = spot.bodies
        texts |= spot.texts | set(spot.things.values()) | bodies.texts | set(bodies.secrets.values())
        texts |= {bodies.provider, bodies.charity, bodies.claimant}
        amounts |= spot.amounts
    return Canaries(frozenset(text for text in texts if len(text.encode()) >= _BYTES_MIN), frozenset(amounts))


def public(spots: Iterable[Spot]) -> frozenset[str]:
    """What of these spots everybody may know: charities, and what they have published."""
    found: set[str] = set()
    for spot in spots:
        names = {text for text in spot.bodies.texts if text.startswith("慈善会")}
        found |= {spot[thing] for thing in PUBLISHED} | {spot.bodies.charity} | names
        found |= {id for thing, id in spot.things.items() if thing.startswith("pot_")}
    return frozenset(found)


def others(theirs: Iterable[Spot], ours: Iterable[Spot], open_to_us: frozenset[str] = frozenset()) -> Canaries:
    """What is theirs and not ours, nor open to us."""
    hidden, seen = known(theirs), known(ours)
    return Canaries(hidden.texts - seen.texts - open_to_us, hidden.amounts - seen.amounts)


def forms(text: str) -> Iterator[bytes]:
    """The text as it may be written: plain, escaped, hexadecimal, in base64 wherever in it the text begins."""
    yield text.encode()
    yield quote(text).encode()
    yield json.dumps(text)[1:-1].encode()
    raws = [text.encode()]
    if _UUID.fullmatch(text):
        yield text.upper().encode()
        raws.append(UUID(text).bytes)
    for raw in raws:
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        yield from _in_base64(raw)


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """What base64 makes of ``raw`` behind 0, 1 and 2 other bytes, without the characters that depend on its
    neighbours."""
    for before in range(3):
        first, last = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(b"\0" * before + raw)[first:last]
