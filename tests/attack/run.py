#!/usr/bin/env python3
"""Attacks the program: seeded, bounded in count and time, each fault told with its round.

    tests/attack/run.py target/release/zonetext                     the small run of .ci/run, under a minute
    tests/attack/run.py target/release/zonetext --times 20 --seed 7   a long one

Linux and macOS, Python 3.10, no packages.
"""

import argparse
import os
import random
import sys
import tempfile
import time

import archives
import pages
import resume

# Rounds of the small run.
ATTACKS = [("archives", archives.attack, 400), ("pages", pages.attack, 1000), ("resume", resume.attack, 30)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--times", type=float, default=1, help="as many times the rounds of the small run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[name for name, *_ in ATTACKS])
    given = parser.parse_args()
    binary, bad = os.path.abspath(given.binary), False
    for name, attack, rounds in ATTACKS:
        if given.only in (None, name):
            start = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                count, faults = attack(random.Random(given.seed), binary, max(1, int(rounds * given.times)), folder)
            for fault in faults[:20]:
                print(f"{name}: {fault}")
            print(f"{name}: {count} rounds, {len(faults)} faults, {time.monotonic() - start:.0f} s")
            bad |= bool(faults)
    sys.exit(bad)


if __name__ == "__main__":
    main()
