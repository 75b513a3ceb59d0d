"""Mutated pages, one process each and as a stream: nothing panics, nothing hangs, and as many records come out as went in."""

import base64
import glob
import json

from common import TEXT, zonetext

PIECES = [
    b"<svg>", b"<math>", b"<tr>", b"<td>", b"<table>", b"<template>", b"<select>", b"<b>", b"<a href=x>", b"</p>", b"<!--", b"<![CDATA[",
    b"<script>", b"<style>", b"<pre>", b"<base href=../../x/>", b"<li>", b"<p>", b"\0", b"\xff\xfe", b"\xe4\xbb", b"&#x10ffff;", b"\x1b[31m",
    "（《「".encode(), "①?".encode(), "產(chǎn)".encode(), "\u202e".encode(), b"~{", b"<h1>", b"<td rowspan=99999>",
]


def mutated(random, seed):
    part = bytearray(seed)
    for _ in range(random.randrange(1, 12)):
        at = random.randrange(len(part) + 1)
        kind = random.randrange(4)
        if kind == 0:
            part[at:at] = random.choice(PIECES) * random.choice([1, 3, 200])
        elif kind == 1:
            del part[at : at + random.randrange(1, 200)]
        elif kind == 2:
            part[at : at + 1] = bytes([random.randrange(256)])
        else:
            other = random.randrange(len(part) + 1)
            part[at:at] = part[other : other + random.randrange(1, 500)]
    return bytes(part)


def attack(random, binary, rounds, _):
    seeds = [open(path, "rb").read() for path in sorted(glob.glob("fixtures/pages/*/input.*"))]
    seeds.append(f"<html><title>题</title><p>{TEXT * 9}</p></html>".encode())
    lines = []
    for number in range(rounds):
        coded = base64.b64encode(mutated(random, random.choice(seeds))).decode()
        lines.append(json.dumps({"id": number, "html_b64": coded}))
    faults = []
    for start in range(0, rounds, 500):
        part = lines[start : start + 500]
        for line in (["clean"], ["extract", "--whole"], ["clean", "--to", "t", "--schema", "dolma"]):
            done = zonetext(binary, [*line, "--input", "jsonl", "-j0"], "\n".join(part).encode())
            records = [json.loads(found) for found in done.stdout.splitlines()]
            ids = [str(start + number) for number in range(len(part))]
            if done.returncode != 0 or [str(record["id"]) for record in records] != ids:
                faults.append(f"{line}: exit {done.returncode}, {len(records)} of {len(part)}: {done.stderr[-300:]!r}")
            panics = [r["id"] for r in records if "panic" in json.dumps(r.get("zt") or r["metadata"].get("zt", {}))]
            faults += [f"{line}: a panic in {part[number - start][:3000]}" for number in panics]
    return rounds, faults
