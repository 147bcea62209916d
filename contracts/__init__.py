"""The published language: what services, providers' systems, provinces and auditors may rely on.

Public events, policy packs and the values they are made of, as frozen pydantic models, and the schemas generated
from them (``python -m contracts.generate``). Imports pydantic and the standard library, nothing of ours. A shape,
once published, only grows: readers tolerate what they do not know, writers never send it.
"""
