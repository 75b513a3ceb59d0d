"""Damaged archives: of n sound records with anything before, between and behind, n come out; nothing hangs, counts are right."""

import gzip
import json
import subprocess

from common import record, zonetext

JUNK = [
    b"\0" * 512,
    b" ",
    b"\r\n\r\n\r\n",
    b"junk",
    b"junk\n",
    b"WARC/1.0",
    b"WARC/1.0\r\n",
    b"WARC/1.0\r\nContent-Length: 5\r\n\r\n",
    b"WARC/1.1\r\nContent-Length: 99999999999\r\n\r\n",
    b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
    b"\x1f\x8b\x08",
    b"\x1f\x8b\x08\0\0\0\0\0\0\0junk",
    b"\x28\xb5\x2f\xfd",
    b"\x28\xb5\x2f\xfd\x00\x50junk",
    b"WAR",
    b"\r\nWARC/",
    b"HTTP/1.1 200 OK\r\n\r\n",
    gzip.compress(b"")[:-9],
    gzip.compress(b"no record"),
]


def zstd(part):
    try:
        return subprocess.run(["zstd", "-q", "-1", "-c"], input=part, capture_output=True, check=True).stdout
    except OSError:
        return gzip.compress(part, 1)


def packed(random, part, zstd_of):
    kind = random.randrange(8)
    return part if kind < 5 else gzip.compress(part, 1) if kind < 7 else zstd_of(part)


def junk(random, others):
    kind = random.randrange(6)
    if kind == 0:
        return bytes(random.randrange(256) for _ in range(random.randrange(1, 60)))
    if kind == 1:
        # What begins like a record and is none: its length or its end is not its own.
        part = random.choice(others)
        return part[: random.randrange(1, len(part))]
    if kind == 2:
        return b"".join(random.choice(JUNK) for _ in range(random.randrange(2, 5)))
    return random.choice(JUNK)


def sound_junk(part):
    """Junk in which no sound record lies by chance."""
    return b"urn:" not in part


def round_of(random, binary, known):
    count = random.randrange(1, 6)
    parts, want = [], []
    for number in range(count):
        if random.random() < 0.6:
            parts.append(junk(random, known["halves"]))
        choice = random.randrange(len(known["packed"]))
        parts.append(known["packed"][choice])
        want.append(f"urn:{choice % known['count']}")
    if random.random() < 0.6:
        parts.append(junk(random, known["halves"]))
    whole = b"".join(parts)
    done = zonetext(binary, ["clean", "-q", "--input", "warc", random.choice(["-j1", "-j3"])], whole)
    got = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    wrong = []
    if done.returncode not in (0, 3):
        wrong.append(f"exit {done.returncode}: {done.stderr[-300:]!r}")
    if got != want:
        wrong.append(f"{got} came out of {want}: {[bytes(part[:90]) for part in parts]}")
    return wrong


def attack(random, binary, rounds, _):
    records = [record(random, number) for number in range(6)]
    known = {
        "count": len(records),
        "packed": records + [gzip.compress(part, 1) for part in records] + [zstd(part) for part in records],
        # A record that breaks off in its head, so that what follows is not its block.
        "halves": [part[: part.index(b"Content-Length")] for part in records],
    }
    faults = []
    for number in range(rounds):
        faults += [f"round {number}: {fault}" for fault in round_of(random, binary, known)]
    return rounds, faults
