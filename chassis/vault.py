"""The vault: personal data sealed under one key a person, so that destroying the key erases the person everywhere.

AES-256-GCM; keys live in a database of their own (``tables.KEYS_VERSION_1``), sealed fields in the events as
``kernel.Sealed``. The associated data bind a box to service, county, person and field, so it opens nowhere else. Every
opening names its purpose and leaves a row in ``vault_reads`` before anything is shown. A key is remembered for
seconds only; after ``erase`` another process can open at most that long.
"""

from __future__ import annotations

import hmac
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.database import Counties, Database
from chassis.kernel import Rejected, Sealed
from chassis.metrics import VAULT_READS

KEY_LIFE_S = 5.0
KEYS_KEPT = 512
PURPOSE_MAX = 200
_FORMAT = "1"
_NONCE_BYTES = 12
_INDEX_KEY_OF = UUID(int=0)
_MAKE_KEY = (
    "insert into person_keys (county, service, person, key) values ($1, $2, $3, $4)"
    " on conflict (county, service, person) do nothing"
)
_READ_KEY = "select key from person_keys where county = $1 and service = $2 and person = $3"
_DESTROY_KEY = (
    "insert into person_keys (county, service, person, key, destroyed_at) values ($1, $2, $3, null, now())"
    " on conflict (county, service, person) do update set key = null,"
    " destroyed_at = coalesce(person_keys.destroyed_at, now())"
)
_NOTE_READ = (
    "insert into vault_reads (county, id, person, fields, purpose, by, role, read_at)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8)"
)


class Erased(Rejected):
    """The person's key is destroyed; nothing can be sealed or opened for the person any more."""

    def __init__(self) -> None:
        super().__init__("person.erased")


class Unreadable(Exception):
    """A box does not belong to this person and field, was altered, or was sealed under a key that is not there."""


class Vault:
    """The vault of one service: ``database`` is the service's own, ``keys`` the key database."""

    def __init__(
        self,
        service: str,
        database: Database,
        keys: Counties,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.service = service
        self.database = database
        self._keys = keys
        self._monotonic = monotonic
        self._remembered: OrderedDict[tuple[str, UUID], tuple[float, bytes]] = OrderedDict()

    def at(self, county: str, *, by: str, role: str, at: datetime | None = None) -> CountyVault:
        """The vault as one caller uses it in one county; ``at`` is the instant that reads are noted with."""
        return CountyVault(self, county, by, role, at)

    async def key(self, county: str, person: UUID, *, make: bool) -> bytes:
        """The person's key, made now where ``make`` is set. Erased if destroyed, Unreadable if there never was one."""
        name = (county, person)
        known = self._remembered.get(name)
        if known is not None and known[0] > self._monotonic():
            self._remembered.move_to_end(name)
            return known[1]
        row = await self._read(county, person)
        if row is None and make:
            await self._keys.execute(_MAKE_KEY, county, self.service, person, AESGCM.generate_key(256))
            row = await self._read(county, person)
        if row is None:
            raise Unreadable("there is no key for this person")
        key: bytes | None = row["key"]
        if key is None:
            raise Erased
        self._remember(name, key)
        return key

    async def erase(self, county: str, person: UUID) -> None:
        """Destroy the person's key for ever; the row stays and tells when. Again changes nothing."""
        if person == _INDEX_KEY_OF:
            raise ValueError("the county's index key belongs to nobody and is not erased")
        await self._keys.execute(_DESTROY_KEY, county, self.service, person)
        self._remembered.pop((county, person), None)

    async def _read(self, county: str, person: UUID) -> Any:
        return await self._keys.fetchrow(_READ_KEY, county, self.service, person)

    def _remember(self, name: tuple[str, UUID], key: bytes) -> None:
        self._remembered[name] = (self._monotonic() + KEY_LIFE_S, key)
        self._remembered.move_to_end(name)
        while len(self._remembered) > KEYS_KEPT:
            self._remembered.popitem(last=False)


class CountyVault:
    """What a caller may do with the personal data of one county."""

    def __init__(self, vault: Vault, county: str, by: str, role: str, at: datetime | None) -> None:
        self._vault = vault
        self._county = county
        self._by = by
        self._role = role
        self._at = at

    async def seal(self, person: UUID, fields: Mapping[str, str]) -> dict[str, Sealed]:
        """Each field in a box of its own. Raises Erased."""
        cipher = AESGCM(await self._vault.key(self._county, person, make=True))
        return {field: self._seal(cipher, person, field, text) for field, text in fields.items()}

    async def open(self, person: UUID, boxes: Mapping[str, Sealed], *, purpose: str) -> dict[str, str]:
        """The fields in clear; the read is noted first. Raises Erased, Unreadable, Rejected without a purpose."""
        if not purpose.strip() or len(purpose) > PURPOSE_MAX:
            raise Rejected("vault.purpose_missing")
        cipher = AESGCM(await self._vault.key(self._county, person, make=False))
        opened = {field: self._open(cipher, person, field, box) for field, box in boxes.items()}
        await self.note(person, boxes, purpose=purpose)
        return opened

    async def seal_bytes(self, owner: UUID, field: str, content: bytes) -> bytes:
        """Content that is kept elsewhere, in one piece: format, nonce, ciphertext. Raises Erased."""
        cipher = AESGCM(await self._vault.key(self._county, owner, make=True))
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT.encode() + nonce + cipher.encrypt(nonce, content, self._binding(owner, field))

    async def open_bytes(self, owner: UUID, field: str, sealed: bytes, *, purpose: str) -> bytes:
        """The content; the read is noted first. Raises Erased, Unreadable, Rejected without a purpose."""
        cipher = AESGCM(await self._vault.key(self._county, owner, make=False))
        nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            content = cipher.decrypt(nonce, ciphertext, self._binding(owner, field))
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"the content of field {field!r} cannot be opened") from error
        await self.note(owner, (field,), purpose=purpose)
        return content

    async def note(self, person: UUID, fields: Iterable[str], *, purpose: str) -> None:
        """Note a read of fields about the person that are sealed nowhere, for they are derived: a one-time code."""
        if not purpose.strip() or len(purpose) > PURPOSE_MAX:
            raise Rejected("vault.purpose_missing")
        at = self._at or datetime.now(UTC)
        await self._vault.database.execute(
            _NOTE_READ, self._county, uuid4(), person, sorted(fields), purpose.strip(), self._by, self._role, at
        )
        VAULT_READS.labels(self._vault.service, self._role).inc()

    async def index(self, text: str, field: str = "") -> str:
        """A keyed hash of ``text``, 64 hex digits, the same for equal texts of the county: finds duplicates unseen."""
        key = await self._vault.key(self._county, _INDEX_KEY_OF, make=True)
        return hmac.new(key, f"{field}\0{text}".encode(), sha256).hexdigest()

    async def erase(self, person: UUID) -> None:
        """Destroy the person's key; see ``Vault.erase``."""
        await self._vault.erase(self._county, person)

    def _seal(self, cipher: AESGCM, person: UUID, field: str, text: str) -> Sealed:
        nonce = os.urandom(_NONCE_BYTES)
        ciphertext = cipher.encrypt(nonce, text.encode(), self._binding(person, field))
        return Sealed(box=f"{_FORMAT}.{_text(nonce)}.{_text(ciphertext)}")

    def _open(self, cipher: AESGCM, person: UUID, field: str, sealed: Sealed) -> str:
        try:
            version, nonce, ciphertext = sealed.box.split(".")
            if version != _FORMAT:
                raise ValueError(f"boxes of format {_FORMAT} are understood, not {version}")
            return cipher.decrypt(_bytes(nonce), _bytes(ciphertext), self._binding(person, field)).decode()
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"the box of field {field!r} cannot be opened") from error

    def _binding(self, person: UUID, field: str) -> bytes:
        return "\0".join((self._vault.service, self._county, str(person), field)).encode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
