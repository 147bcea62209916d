#!/usr/bin/env python3
"""Verify exported careloop county logs without any of careloop's code. Specification: docs/spec/log.md.

    python verify_log.py EXPORT.jsonl [...] [--heads heads.json --key public.pem]

Each line of an export is one row. Every row's hash is computed again from the row's bytes and the hash before it, and
positions must run from 1 without a gap. Exit 0: everything verifies. Exit 1: the first broken row of each log is named.
With --heads the last position and hash of each log must equal the signed heads (Ed25519 over the file's bytes).
Needs Python 3.11; `cryptography` only for --key.
"""

import argparse
import base64
import hashlib
import json
import struct
import sys
import uuid


def lp(data):
    """Length-prefixed bytes: unsigned 32 bit, big endian, then the bytes."""
    return struct.pack(">I", len(data)) + data


def number(value):
    """Signed 64 bit, big endian."""
    return struct.pack(">q", value)


def genesis(service, county, log):
    """The hash before the first row."""
    return hashlib.sha256(f"careloop/log/1\0{service}\0{county}\0{log}".encode()).digest()


def event_bytes(row):
    """What the hash of an `events` row covers, after the hash before it."""
    return b"".join(
        [
            number(row["position"]),
            uuid.UUID(row["originator_id"]).bytes,
            number(row["originator_version"]),
            lp(row["topic"].encode()),
            lp(base64.b64decode(row["state"], validate=True)),
            lp(base64.b64decode(row["metadata"], validate=True)),
            number(row["recorded_at_us"]),
        ]
    )


def public_bytes(row):
    """What the hash of a `public_log` row covers, after the hash before it."""
    return b"".join(
        [
            number(row["position"]),
            uuid.UUID(row["event_id"]).bytes,
            uuid.UUID(row["subject"]).bytes,
            lp(row["type"].encode()),
            lp(base64.b64decode(row["body"], validate=True)),
            number(row["recorded_at_us"]),
        ]
    )


COVERED = {"events": event_bytes, "public_log": public_bytes}


class Chain:
    """One county log of one service, read row by row."""

    def __init__(self, service, county, log):
        self.name = f"{service} {county} {log}"
        self.cover = COVERED[log]
        self.versions = {}
        self.hash = genesis(service, county, log)
        self.position = 0
        self.broken = None

    def take(self, row):
        """Check the next row; the first fault is kept, what follows it proves nothing and is not looked at."""
        if self.broken:
            return
        if row["position"] != self.position + 1:
            self.broken = f"position {self.position + 1} is missing; the next row is {row['position']}"
            return
        if "originator_id" in row:
            before = self.versions.get(row["originator_id"], 0)
            if row["originator_version"] != before + 1:
                self.broken = f"position {row['position']}: stream {row['originator_id']} jumps from version {before}"
                return
            self.versions[row["originator_id"]] = before + 1
        link = hashlib.sha256(self.hash + self.cover(row)).digest()
        if link.hex() != row["hash"]:
            what = row.get("topic") or row.get("type")
            self.broken = f"position {row['position']} ({what}, recorded {row['recorded_at_us']}) was altered"
            return
        self.hash, self.position = link, row["position"]


def read(paths):
    """All chains of the files, by (service, county, log)."""
    chains = {}
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for place, line in enumerate(lines, 1):
                try:
                    row = json.loads(line)
                    key = (row["service"], row["county"], row["log"])
                    chains.setdefault(key, Chain(*key)).take(row)
                except (ValueError, KeyError, TypeError, struct.error, AttributeError) as error:
                    sys.exit(f"{path}:{place}: not a row of an export: {type(error).__name__} {error}")
    return chains


def check_heads(chains, heads_path, key_path):
    """Faults of the signed heads against the chains."""
    with open(heads_path, "rb") as file:
        document = json.loads(file.read())
    signed = document["heads"].encode()
    if key_path:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.serialization import load_pem_public_key

        with open(key_path, "rb") as file:
            key = load_pem_public_key(file.read())
        try:
            key.verify(base64.b64decode(document["signature"]), signed)
        except InvalidSignature:
            return ["the signature of the heads is false"]
    faults = []
    for head in json.loads(signed):
        chain = chains.get((head["service"], head["county"], head["log"]))
        name = f"{head['service']} {head['county']} {head['log']}"
        if chain is None and head["position"] > 0:
            faults.append(f"{name}: not in the export")
            continue
        if chain is None or chain.broken:
            continue
        if (chain.position, chain.hash.hex()) != (head["position"], head["hash"]):
            faults.append(f"{name}: ends at {chain.position}, the signed head is {head['position']}")
    return faults


def main():
    """Read the arguments, verify, tell."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("exports", nargs="+")
    parser.add_argument("--heads")
    parser.add_argument("--key")
    options = parser.parse_args()
    chains = read(options.exports)
    faults = 0
    for chain in chains.values():
        if chain.broken:
            faults += 1
            print(f"BROKEN  {chain.name}: {chain.broken}")
        else:
            print(f"ok      {chain.name}: {chain.position} rows, head {chain.hash.hex()}")
    if options.heads:
        for fault in check_heads(chains, options.heads, options.key):
            faults += 1
            print(f"BROKEN  {fault}")
    return 1 if faults or not chains else 0


if __name__ == "__main__":
    sys.exit(main())
