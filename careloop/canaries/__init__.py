"""Canaries: texts planted in every sealed field, and a search for them wherever a deployment writes anything.

What names a person is in the vault only. Whoever does not believe it runs ``careloop demo --canary``: each sealed text
of the generated people carries a mark made for that run, and at the end logs, bus, tables, metrics and exports are
searched for the mark and for every planted number, plain, in base64, in hexadecimal and within compressed data.
"""

from careloop.canaries.looking import Needles, found
from careloop.canaries.places import Blob, everywhere
from careloop.canaries.planting import Canary, kept, new
from careloop.canaries.telling import tell

__all__ = ["Blob", "Canary", "Needles", "everywhere", "found", "kept", "new", "tell"]
