"""How much one caller may ask: fixed windows in memory, for each process of each service.

Three budgets. A caller (county, role, subject) has one for all it asks; every answer tells it what is left, in
``RateLimit-Policy`` and ``RateLimit`` (IETF draft-ietf-httpapi-ratelimit-headers-10, structured fields). An address has
one for answers 401, so that guessing tokens or keys is slow: once it is spent, tokens and keys that this process does
not know yet are not even looked at there. It has another one for what it asks without a token. Services among
themselves, health and readiness are not counted.

The budgets are written as the library ``limits`` reads them (``6000/minute``). Its own store is not used: it costs ten
times as much per request, wakes a thread every ten milliseconds, and grows with the number of callers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil
from time import monotonic

import limits
from starlette.types import Scope

from chassis.auth import Caller
from chassis.config import Settings
from chassis.http.answers import Header
from chassis.http.requests import Headers
from chassis.metrics import RATE_LIMITED
from chassis.problems import Refused

USUAL = ("6000/minute", "60/minute", "300/minute")
EMBEDDED = ("1000000/minute", "60000/minute", "60000/minute")
"""Where a demonstration plays a month in a minute and everybody has one address."""
EXEMPT_ROLE = "service"
REMEMBERED_MAX = 20_000
"""Callers, and addresses, counted at the same time; of more, those that came first are forgotten."""
_IPV6_PREFIX = 64
"""Whoever has an IPv6 address has a whole network of them."""
_NO_ADDRESS = ""


class Window:
    """Counts per key within windows that begin with a key's first request; ``amount`` a window are allowed."""

    def __init__(self, rate: str, name: str, now: Callable[[], float] = monotonic) -> None:
        item = limits.parse(rate)
        self.amount = item.amount
        self.seconds = item.get_expiry()
        self._name = name.encode()
        self._now = now
        self._counts: dict[Hashable, list[float]] = {}
        """Key -> when its window ends, how much was counted in it."""
        self.policy: Header = (b"ratelimit-policy", b'"%s";q=%d;w=%d' % (self._name, self.amount, self.seconds))

    def count(self, key: Hashable, amount: int = 1) -> tuple[int, int]:
        """Count ``amount``; what is left (below zero: refused) and the seconds until the window ends."""
        now = self._now()
        entry = self._counts.get(key)
        if entry is None or entry[0] <= now:
            self._forget(now)
            entry = self._counts[key] = [now + self.seconds, 0]
        entry[1] += amount
        return self.amount - int(entry[1]), ceil(entry[0] - now)

    def spent(self, key: Hashable) -> int:
        """The seconds until ``key`` may go on; 0 where it may now."""
        entry = self._counts.get(key)
        if entry is None or entry[1] < self.amount:
            return 0
        return max(0, ceil(entry[0] - self._now()))

    def told(self, left: int, seconds: int) -> Header:
        """What is left, for the caller to know."""
        return b"ratelimit", b'"%s";r=%d;t=%d' % (self._name, left if left > 0 else 0, seconds)

    def _forget(self, now: float) -> None:
        if len(self._counts) < REMEMBERED_MAX:
            return
        self._counts = {key: entry for key, entry in self._counts.items() if entry[0] > now}
        while len(self._counts) >= REMEMBERED_MAX:
            del self._counts[next(iter(self._counts))]


class Rates:
    """The budgets of one service in this process."""

    def __init__(self, service: str, settings: Settings, now: Callable[[], float] = monotonic) -> None:
        usual = EMBEDDED if settings.embedded else USUAL
        self.callers = Window(settings.rate_callers or usual[0], "caller", now)
        self.guesses = Window(settings.rate_guesses or usual[1], "address", now)
        self.guests = Window(settings.rate_public or usual[2], "guest", now)
        self._limited = RATE_LIMITED.labels(service)
        self._proxies = Proxies(settings.trusted_proxies)

    def count(self, caller: Caller, told: list[Header]) -> None:
        """Count a request of ``caller`` and tell it what is left; ``rate.limited`` where nothing is."""
        if caller.role == EXEMPT_ROLE:
            return
        window = self.callers
        left, seconds = window.count(_who(caller))
        told += (window.policy, window.told(left, seconds))
        if left < 0:
            raise self._refusal(seconds)

    def count_more(self, caller: Caller, amount: int) -> None:
        """Count what a request asks for besides one thing; what is too much keeps the caller from the next request."""
        if caller.role != EXEMPT_ROLE:
            self.callers.count(_who(caller), amount)

    def count_guest(self, scope: Scope, headers: Headers) -> None:
        """Count a request without a token against its address; ``rate.limited`` where nothing is left."""
        left, seconds = self.guests.count(self._proxies.client(scope, headers))
        if left < 0:
            raise self._refusal(seconds)

    def address(self, scope: Scope, headers: Headers) -> str:
        """The address that asks, to be told to a service that is asked on its behalf; empty where there is none."""
        found = self._proxies.address(scope, headers)
        return "" if found is None else str(found)

    def may_guess(self, scope: Scope, headers: Headers) -> None:
        """Refuse what would have to be verified first from an address that was wrong too often: ``rate.limited``."""
        seconds = self.guesses.spent(self._proxies.client(scope, headers))
        if seconds:
            raise self._refusal(seconds)

    def guessed_wrong(self, scope: Scope, headers: Headers) -> None:
        """Count an answer 401 against its address."""
        self.guesses.count(self._proxies.client(scope, headers))

    def _refusal(self, seconds: int) -> Refused:
        self._limited.inc()
        return Refused("rate.limited", headers=((b"retry-after", b"%d" % seconds),), seconds=seconds)


def _who(caller: Caller) -> Hashable:
    """By whom is counted: one person or system, however many tokens it has."""
    return caller.subject, caller.role, caller.county


class Proxies:
    """Whose ``X-Forwarded-For`` is believed: nobody's, but for the networks that are configured."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks: list[IPv4Network | IPv6Network] = [ip_network(each) for each in networks]

    def client(self, scope: Scope, headers: Headers) -> str:
        """By which a caller is counted: its address, of an IPv6 one its network."""
        found = self.address(scope, headers)
        if found is None:
            return _NO_ADDRESS
        if isinstance(found, IPv6Address):
            return str(ip_network((found, _IPV6_PREFIX), strict=False))
        return str(found)

    def address(self, scope: Scope, headers: Headers) -> IPv4Address | IPv6Address | None:
        """The caller's address: the last one named that is no proxy of ours."""
        peer = scope.get("client")
        found = _address(peer[0]) if peer else None
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",") if self._networks else []
        while forwarded and found is not None and any(found in network for network in self._networks):
            before = _address(forwarded.pop().strip())
            if before is None:
                break
            found = before
        return found


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
