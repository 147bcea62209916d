"""Policy packs, the published language's shape of a county's rules: immutable, versioned TOML, checked as a whole.

``check`` explains everything that is wrong with a text, ``load`` reads it, ``document`` gives the plain tables of
which each service reads its own section, ``render`` writes such tables back as TOML, ``sha256`` is the hash by which
certificates name a text.
"""

from contracts.policy_pack.checking import check, document, load, sha256
from contracts.policy_pack.pack import PolicyPack
from contracts.policy_pack.problems import PackRefused, Problem
from contracts.policy_pack.writing import render

__all__ = ["PackRefused", "PolicyPack", "Problem", "check", "document", "load", "render", "sha256"]
