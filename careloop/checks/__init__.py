"""What ``careloop doctor`` looks at: the machine, the two servers, the services and their logs.

A check answers with findings and never raises for what it is there to find.
"""

from careloop.checks.finding import Finding, failed, ok, warned

__all__ = ["Finding", "failed", "ok", "warned"]
