#!/usr/bin/env python3
"""Verify published spot checks without any of careloop's code. Specification: docs/spec/spot-checks.md.

    python verify_draw.py BATCH.json [...]

Each file is one batch as published. Its list is written out again and hashed, its numbers are held against their
commitments, the seed is made again, and visits and inspectors are drawn again. Given several batches of a year, each
must begin where the one before ended, and no visit may be listed twice. Exit 0: all is as it was told. Exit 1: what is
wrong is named. Needs Python 3.11 and nothing else.
"""

import hashlib
import json
import sys
import uuid

FORM = "careloop/spot-check/1"
COUNTERS = ("percent", "population", "hundredths", "picks", "level", "clean", "checked", "rejected")


def sha(*parts):
    """SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def written(batch):
    """The list in its one written form."""
    rules = batch["rules"]
    lines = [
        f"{FORM} {batch['county']} {batch['year']} {batch['number']}",
        f"rules {','.join(rules['strata']) or '*'} {rules['surprise_percent']} {rules['inspectors_per']}",
    ]
    lines += sorted(" ".join(["stratum", s["key"], *(str(s[name]) for name in COUNTERS)]) for s in batch["strata"])
    lines += sorted(
        f"visit {v['visit']} {v['day']} {int(v['grey'])} {v['township']} {v['provider']} {v['item']}"
        for v in batch["visits"]
    )
    lines += sorted(f"inspector {i['id']} {','.join(sorted(i['barred'])) or '-'}" for i in batch["inspectors"])
    lines += sorted(f"hand {h['visit']} {h['inspector']}" for h in batch["hands"])
    lines += sorted(f"party {party}" for party in batch["parties"])
    return "\n".join(lines) + "\n"


def stratum_of(visit, rules):
    """The key of a visit's stratum."""
    return ",".join(str(visit[part]) if part in rules["strata"] else "*" for part in ("township", "provider", "item"))


def drawn(batch, seed):
    """The picks as (visit, stratum, why, inspector)."""
    rules = batch["rules"]
    groups = {stratum["key"]: [] for stratum in batch["strata"]}
    for visit in batch["visits"]:
        groups.setdefault(stratum_of(visit, rules), []).append(visit)
    chosen = []
    for stratum in sorted(batch["strata"], key=lambda s: s["key"]):
        visits = sorted(groups[stratum["key"]], key=lambda v: sha(seed, uuid.UUID(v["visit"]).bytes))
        total = stratum["hundredths"] + stratum["percent"] * len(visits)
        quota = (total + 99) // 100 - stratum["picks"]
        grey = [visit for visit in visits if visit["grey"]]
        rest = [visit for visit in visits if not visit["grey"]]
        by_lot = rest[: max(quota - len(grey), 0)]
        picked = [(visit, "grey") for visit in grey] + [(visit, "drawn") for visit in by_lot]
        chance = int.from_bytes(sha(seed, b"surprise", stratum["key"].encode())[:8], "big") % 100
        if not picked and quota <= 0 and rest and chance < rules["surprise_percent"]:
            picked = [(rest[0], "surprise")]
        chosen += [(visit, stratum["key"], why) for visit, why in picked]
    return inspected(batch, chosen, seed)


def inspected(batch, chosen, seed):
    """Each pick with its inspector."""
    alone = batch["rules"]["inspectors_per"] == "visit"
    inspectors = batch["inspectors"]
    barred = {one["id"]: set(one["barred"]) for one in inspectors}
    hands = {(hand["visit"], hand["inspector"]) for hand in batch["hands"]}
    share = -(-5 * len(chosen) // (4 * len(inspectors))) if inspectors else 0
    load = dict.fromkeys(barred, 0)
    picks = []
    for visit, stratum, why in chosen:
        unit = uuid.UUID(visit["visit"]).bytes if alone else visit["township"].encode()
        free = [
            one["id"]
            for one in sorted(inspectors, key=lambda i: sha(seed, unit, uuid.UUID(i["id"]).bytes))
            if not {visit["township"], visit["provider"]} & barred[one["id"]]
            and (visit["visit"], one["id"]) not in hands
        ]
        light = [one for one in free if load[one] < share] if alone else free
        inspector = (light or free or [None])[0]
        if inspector:
            load[inspector] += 1
        picks.append((visit["visit"], stratum, why, inspector))
    return picks


def seed_faults(batch, digest):
    """Faults of commitments, numbers and seed; and the seed as it must be."""
    faults = []
    commitments = {one["party"]: one["commitment"] for one in batch["commitments"]}
    numbers = {one["party"]: one["number"] for one in batch["numbers"]}
    for party, number in numbers.items():
        if sha(bytes.fromhex(number)).hex() != commitments.get(party):
            faults.append(f"number of {party}: is not what was committed to")
    left_out = sorted(set(batch["parties"]) - set(numbers))
    if left_out != sorted(batch["withheld"]):
        faults.append(f"withheld: {left_out} gave no number")
    told = b"".join(party.encode() + b"\0" + bytes.fromhex(numbers[party]) for party in sorted(numbers))
    tag = b"careloop/spot-check/seed/1\0"
    seed = sha(tag, bytes.fromhex(digest), told, bytes.fromhex(batch["head"]["hash"]))
    if seed.hex() != batch["seed"]:
        faults.append(f"seed: must be {seed.hex()}")
    return faults, seed


def faults_of(batch):
    """What is wrong with one batch."""
    if batch["form"] != FORM:
        return [f"form: not {FORM}"]
    digest = hashlib.sha256(written(batch).encode()).hexdigest()
    faults = [] if digest == batch["digest"] else [f"digest: the list gives {digest}"]
    if len({visit["visit"] for visit in batch["visits"]}) != len(batch["visits"]):
        faults.append("visits: one is listed twice")
    more, seed = seed_faults(batch, digest)
    faults += more
    told = [(one["visit"], one["stratum"], one["why"], one["inspector"]) for one in batch["picks"]]
    again = drawn(batch, seed)
    for place, (left, right) in enumerate(zip(told, again, strict=False), 1):
        if left != right:
            faults.append(f"pick {place}: told {' '.join(map(str, left))}, drawn {' '.join(map(str, right))}")
            break
    if len(told) != len(again):
        faults.append(f"picks: told {len(told)}, drawn {len(again)}")
    return faults


def year_faults(batches):
    """What does not follow from batch to batch: counters, or a visit that is listed again."""
    faults, after, seen = [], {}, {}
    for batch in batches:
        name, rules = f"batch {batch['number']}", batch["rules"]
        percents = {stratum["key"]: stratum["percent"] for stratum in batch["strata"]}
        for stratum in batch["strata"]:
            before = after.get(stratum["key"], (0, 0, 0))
            if before != (stratum["population"], stratum["hundredths"], stratum["picks"]):
                faults.append(f"{name}: stratum {stratum['key']} does not go on where it stood")
            after[stratum["key"]] = (stratum["population"], stratum["hundredths"], stratum["picks"])
        for visit in batch["visits"]:
            if visit["visit"] in seen:
                faults.append(f"{name}: visit {visit['visit']} was listed in batch {seen[visit['visit']]}")
            seen[visit["visit"]] = batch["number"]
            key = stratum_of(visit, rules)
            population, hundredths, picks = after[key]
            after[key] = (population + 1, hundredths + percents[key], picks)
        for pick in batch["picks"]:
            population, hundredths, picks = after[pick["stratum"]]
            after[pick["stratum"]] = (population, hundredths, picks + 1)
    return faults


def main(paths):
    """Read, verify, tell."""
    batches, bad = [], 0
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                batch = json.load(file)
            faults = faults_of(batch)
            batches.append(batch)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            batch, faults = {}, [f"not a published batch: {type(error).__name__} {error}"]
        bad += len(faults)
        for fault in faults:
            print(f"WRONG   {path}: {fault}")
        if not faults:
            count = f"{len(batch['visits'])} listed, {len(batch['picks'])} drawn"
            print(f"ok      {path}: {batch['county']} {batch['year']}/{batch['number']}, {count}, seed {batch['seed']}")
    batches.sort(key=lambda one: (one["county"], one["year"], one["number"]))
    if not bad and len(batches) > 1 and len({(one["county"], one["year"]) for one in batches}) == 1:
        for fault in year_faults(batches):
            bad += 1
            print(f"WRONG   {fault}")
    return 1 if bad or not batches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
