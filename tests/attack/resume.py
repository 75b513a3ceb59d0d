"""Random sequences of runs, kills, option changes and input changes: a last run with --resume gives the bytes of a fresh run."""

import os
import shutil
import subprocess
import time

from common import archive, page, zonetext

OPTIONS = [
    [],
    ["--to", "s"],
    ["--to", "t"],
    ["-f", "jsonl"],
    ["-f", "jsonl", "--schema", "dolma"],
    ["-f", "markdown"],
    ["-f", "text", "--sentences", "-j3"],
]
PACKED = ("a.warc", "b.warc.gz", "c.wet.warc")


def lay_out(random, folder):
    os.makedirs(folder + "/in/sub")
    for number in range(8):
        write(f"{folder}/in/{'sub/' if number % 3 == 0 else ''}{number}.html", page(random, number))
    write(folder + "/in/bad.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    if random.random() < 0.6:
        write(folder + "/in/" + PACKED[0], archive(random, random.choice([3, 700, 1600])))
    if random.random() < 0.3:
        write(folder + "/in/" + PACKED[1], archive(random, 600, packed=True))


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def change_input(random, folder):
    names = sorted(os.path.join(where, name) for where, _, found in os.walk(folder + "/in") for name in found)
    path = random.choice(names)
    kind = random.randrange(7)
    if path.endswith(("warc", "gz")):
        if kind < 3:
            write(path, archive(random, random.choice([3, 700]), packed=path.endswith("gz")))
        elif kind < 5:
            with open(path, "ab") as file:
                file.write(b"junk" if kind == 3 else archive(random, 2, packed=path.endswith("gz")))
        return
    with open(path, "rb") as file:
        content = file.read()
    before = os.stat(path)
    if kind == 0:
        write(path, page(random, random.randrange(100)))
    elif kind == 1:
        # As long as before and, by a liar, as old.
        write(path, content.replace("天".encode(), "水".encode()))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif kind == 2:
        write(path + ".new", content.replace("今".encode(), "明".encode()))
        os.utime(path + ".new", ns=(before.st_atime_ns, before.st_mtime_ns))
        os.rename(path + ".new", path)
    elif kind == 3:
        write(f"{folder}/in/new{random.randrange(5)}.htm", page(random, 7))
    elif kind == 4 and len(names) > 3:
        os.remove(path)
    elif kind == 5:
        write(path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def change_output(random, folder):
    names = [os.path.join(where, name) for where, _, found in os.walk(folder + "/out") for name in found]
    if not names:
        return
    path = random.choice(sorted(names))
    kind = random.randrange(4)
    if kind == 0:
        write(path, b"x")
    elif kind == 1:
        os.remove(path)
    elif kind == 2:
        os.truncate(path, os.path.getsize(path) // 2)
    else:
        with open(path, "ab") as file:
            file.write(b"{")


def some_run(random, binary, folder):
    line = [binary, "clean", "-q", "-o", "out/", "--errors", "e.jsonl", *random.choice(OPTIONS)]
    line += ["--resume"] if random.random() < 0.7 else []
    child = subprocess.Popen([*line, "in"], cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    fate = random.random()
    if fate < 0.6:
        time.sleep(random.random() * random.choice([0.01, 0.06, 0.2]))
        if fate < 0.2:
            change_input(random, folder)
        else:
            child.kill()
    child.wait(timeout=120)


def tree(folder):
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            if not name.startswith(".zonetext-"):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = file.read()
    return found


def lines(path):
    with open(path, "rb") as file:
        return sorted(file.read().splitlines())


def round_of(random, binary, folder):
    """One sequence; what is wrong with its end, in words."""
    lay_out(random, folder)
    steps = [some_run, some_run, some_run, lambda r, _, f: change_input(r, f), lambda r, _, f: change_output(r, f)]
    for _ in range(random.randrange(2, 7)):
        random.choice(steps)(random, binary, folder)
    options = random.choice(OPTIONS)
    line = ["clean", "-q", *options, "--errors"]
    fresh = zonetext(binary, [*line, "fresh.jsonl", "-o", "fresh/", "in"], cwd=folder)
    again = zonetext(binary, [*line, "e.jsonl", "-o", "out/", "--resume", "in"], cwd=folder)
    wrong = []
    if fresh.returncode != again.returncode:
        wrong.append(f"exit {again.returncode}, not {fresh.returncode}: {again.stderr[-300:]!r}")
    resumed = tree(folder + "/out")
    wrong += [f"{name} differs" for name, content in tree(folder + "/fresh").items() if resumed.get(name) != content]
    if lines(folder + "/e.jsonl") != lines(folder + "/fresh.jsonl"):
        wrong.append("--errors differs")
    return wrong


def attack(random, binary, rounds, folder):
    faults = []
    for number in range(rounds):
        here = f"{folder}/{number}"
        faults += [f"round {number}: {fault}" for fault in round_of(random, binary, here)]
        shutil.rmtree(here)
    return rounds, faults
