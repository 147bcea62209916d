"""The console's pages: whether people outside are sent to them, safely, and are told apart when they ask."""

from __future__ import annotations

from urllib.parse import urlsplit

from careloop.checks.finding import Finding, ok, warned
from chassis.config import Settings

OWN = ("127.0.0.1", "localhost", "::1")


def pages(settings: Settings) -> list[Finding]:
    """What slips and QR codes lead to, and whom the services count."""
    what, url = "pages", settings.console_url
    if not url and settings.embedded:
        return [ok(what, "careloop up gives out its own address")]
    if not url:
        told = "no CARELOOP_CONSOLE_URL: QR codes lead to charity's JSON, slips to no page"
        return [warned(what, told, "set it where the console is served")]
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in OWN:
        return [warned(what, f"{url} is not https", "put TLS in front of the console")]
    if not settings.trusted_proxies:
        hint = "name the console's network in CARELOOP_TRUSTED_PROXIES of the services"
        return [warned(what, f"{url}; all of its readers are counted as one address", hint)]
    return [ok(what, url)]
