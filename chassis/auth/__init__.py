"""Who calls: bearer tokens (JWT), each believed as far as its issuer is.

``callers`` who a token may name, ``tokens`` its form, ``issuers`` what is checked, ``own`` the deployment's issuers,
``oidc`` and ``provider_keys`` the identity providers, ``verifying`` all of them together.
"""

from chassis.auth.callers import COUNTY, OWNING_ROLES, ROLES, SCOPE, Caller
from chassis.auth.own import KEY_TOKEN_S, ServiceToken, issue, issue_for_key, issue_for_service
from chassis.auth.verifying import Verifier

__all__ = [
    "COUNTY",
    "KEY_TOKEN_S",
    "OWNING_ROLES",
    "ROLES",
    "SCOPE",
    "Caller",
    "ServiceToken",
    "Verifier",
    "issue",
    "issue_for_key",
    "issue_for_service",
]
