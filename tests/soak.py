"""A long run over a directory and an archive that it makes itself: memory stays flat, counts are equal, a second run and a killed and
resumed run give the same bytes.

    cargo build --release
    python3 tests/soak.py target/release/zonetext [--pages 20000] [--archive-mb 1000] [--folder DIR]

Pages have all the charsets of the Chinese web, damages of the kinds that `repair` and `decode` know, sizes from nothing to a megabyte, and some
are no pages at all. The same seed makes the same pages. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEAK_MB = 300
CHARSETS = ["utf-8", "gb18030", "big5", "hz", "utf-16", "shift_jis", "euc-jp", "euc-kr", "utf-8-sig"]
SENTENCES = [
    "清河镇的老茶馆昨天重新开门，门前的长队从清晨一直排到中午。",
    "茶馆由六位退休教师合伙经营，房子是镇上免费提供的。",
    "“我们不图赚钱，只想让年轻人有个坐下来说话的地方。”店主说。",
    "記者在現場看到，牆上掛著一百多張老照片，記錄了鎮子半個世紀的變化。",
    "項目論證專家?guī)?,突出產(chǎn)業(yè)招商。",
    "The tea house opened again on Monday, and people stood in line.",
    "川のそばで将棋をさす人たちがいます。",
]


def page(number: int, dice: random.Random) -> bytes:
    """One page; every hundredth is broken on purpose."""
    kind = number % 100
    if kind == 0:
        return b""
    if kind == 1:
        return bytes(dice.randrange(256) for _ in range(dice.randrange(4000)))
    if kind == 2:
        return b"\x89PNG\r\n\x1a\n" + bytes(dice.randrange(256) for _ in range(2000))
    if kind == 3:
        return b"<div>" * 5000 + "深。".encode()
    count = dice.choice([1, 3, 10, 30, 100]) if number % 2000 else 20_000
    body = "".join(f"<p>{dice.choice(SENTENCES)}{dice.choice(SENTENCES)}</p>\n" for _ in range(count))
    menu = "".join(f"<li><a href='/{n}.html'>栏目{n}</a></li>" for n in range(dice.randrange(40)))
    charset = dice.choice(CHARSETS)
    name = charset if dice.random() < 0.8 else "utf-8"
    text = f"<html><head><meta charset={name}><title>第{number}页 - 某网</title></head><body><ul>{menu}</ul><div class=article>"
    text += f"<h1>第{number}页</h1>{body}</div><div class=footer>版权所有</div></body></html>"
    bytes_ = text.encode(charset, "replace")
    if dice.random() < 0.1:
        bytes_ = bytes_[: len(bytes_) // 2] + bytes_[len(bytes_) // 2 + 1 :]
    if dice.random() < 0.05:
        bytes_ = text.encode().decode("gb18030", "replace").encode()
    return bytes_


def make_pages(folder: Path, count: int) -> None:
    dice = random.Random(20)
    for number in range(count):
        place = folder / f"{number // 1000:03}" / f"{number:06}.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page(number, dice))


def make_archive(path: Path, megabytes: int) -> int:
    """A WARC of pages; the number of its page records."""
    dice, count = random.Random(21), 0
    with open(path, "wb") as out:
        while out.tell() < megabytes << 20:
            body = page(count + 4, dice)
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            out.write(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%08d>\r\n" % count)
            out.write(b"WARC-Target-URI: https://www.example.cn/%d.html\r\nWARC-Date: 2021-12-09T00:00:00Z\r\n" % count)
            out.write(b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http))
            out.write(http + b"\r\n\r\n")
            count += 1
    return count


def run(command: list[str], kill_after: float | None = None) -> tuple[int, float]:
    """Exit status and peak memory in MB."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    if kill_after is not None:
        time.sleep(kill_after)
        process.send_signal(signal.SIGKILL)
    _, status, used = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024


def digest(path: Path) -> str:
    """Of a file, or of all names and bytes of a folder but the manifest."""
    total = hashlib.sha256()
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    for file in files:
        total.update(str(file.relative_to(path)).encode() + b"\0")
        with open(file, "rb") as source:
            while part := source.read(1 << 20):
                total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def check(what: str, holds: bool, detail: str = "") -> None:
    print(f"{'ok  ' if holds else 'FAIL'} {what} {detail}", flush=True)
    if not holds:
        sys.exit(1)


def lines(path: Path) -> int:
    with open(path, "rb") as source:
        return sum(1 for _ in source)


def soak(command: str, folder: Path, pages: int, megabytes: int) -> None:
    source, archive = folder / "pages", folder / "pages.warc"
    make_pages(source, pages)
    count = make_archive(archive, megabytes)
    flags = ["clean", "-q", "-j2", "-f", "jsonl"]
    for name, input, wanted in [("directory", source, pages), ("archive", archive, count)]:
        first, second = folder / f"{name}-1.jsonl", folder / f"{name}-2.jsonl"
        status, peak = run([command, *flags, "-o", str(first), "--summary", str(folder / "summary.json"), str(input)])
        check(f"{name}: exit", status in (0, 3), str(status))
        check(f"{name}: peak memory", peak <= PEAK_MB, f"{peak:.0f} MB")
        summary = json.loads((folder / "summary.json").read_text())
        passed_over = sum(summary.get("records_passed_over", {}).values())
        told = f"{wanted} in, {lines(first)} out, {passed_over} passed over as no pages"
        check(f"{name}: counts", lines(first) + passed_over == wanted, told)
        check(f"{name}: the summary counts them all", summary["inputs"] == lines(first))
        run([command, *flags, "-o", str(second), str(input)])
        check(f"{name}: the second run gives the same bytes", digest(first) == digest(second))
    whole, killed = folder / "whole", folder / "killed"
    began = time.monotonic()
    run([command, "clean", "-q", "-j2", "-o", f"{whole}/", str(source)])
    taken = time.monotonic() - began
    status, _ = run([command, "clean", "-q", "-j2", "-o", f"{killed}/", str(source)], kill_after=taken / 2)
    some = sum(1 for p in killed.rglob("*.txt"))
    check("killed halfway", status != 0 and some < pages, f"after {some} files")
    run([command, "clean", "-q", "-j2", "--resume", "-o", f"{killed}/", str(source)])
    check("killed and resumed: the same bytes", digest(whole) == digest(killed))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("command")
    arguments.add_argument("--pages", type=int, default=20_000)
    arguments.add_argument("--archive-mb", type=int, default=1_000)
    arguments.add_argument("--folder", type=Path, help="where to work; a temporary folder otherwise")
    options = arguments.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="zonetext-soak-"))
    try:
        soak(str(Path(options.command).resolve()), folder, options.pages, options.archive_mb)
    finally:
        if options.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
