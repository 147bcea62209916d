"""The policies of who may do what: valid, and answering their examples as they should."""

from __future__ import annotations

from careloop.authz import faults
from careloop.checks.finding import Finding, failed, ok
from chassis.config import Settings


def policies(settings: Settings) -> list[Finding]:
    """One finding; no service starts where the policies are not valid."""
    found = faults(settings.authz)
    if found:
        return [failed("policies", "; ".join(found), f"mend {settings.authz}, then careloop authz check")]
    return [ok("policies", f"valid, and every example in {settings.authz} is answered as it should be")]
