"""zonetext beside its peers, on a folder of pages that you name: one run, CPU time, peak memory, a Markdown table.

    python3 -m venv target/peers-python
    target/peers-python/bin/pip install resiliparse trafilatura ftfy plsfix opencc sentencex ./python
    (cd benches/peers/rust && cargo build --release)
    target/peers-python/bin/python benches/peers/run.py PAGES/ [--rounds 5] [--most 400] [--json FILE]

Every tool gets the same UTF-8 text, decoded beforehand by zonetext (most peers cannot read Chinese bytes), in one thread, in a process of its
own. A process reads all pages, warms up on them once, and then works through them as often as there are rounds; the best round
counts, by its CPU time. The rounds of all tools of a stage take turns, so that a disturbed machine disturbs all of them. Peak memory is
that of the process, interpreter and libraries included. A tool that is not installed is left out, and said so.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUST = HERE / "rust/target/release/peers"

Work = Callable[[str], object]


def zonetext(verb: str, **options) -> Callable[[], Work]:
    def load() -> Work:
        import zonetext

        cleaner = zonetext.Cleaner(verb=verb, **options)
        return lambda text: cleaner.text(text)

    return load


def resiliparse() -> Work:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda text: extract_plain_text(text, main_content=True)


def trafilatura() -> Work:
    import trafilatura

    return lambda text: trafilatura.extract(text)


def ftfy() -> Work:
    import ftfy

    return ftfy.fix_text


def plsfix() -> Work:
    import plsfix

    return plsfix.fix_text


def opencc() -> Work:
    import opencc

    return opencc.OpenCC("s2t").convert


def sentencex() -> Work:
    from sentencex import segment

    return lambda text: list(segment("zh", text))


# stage → tool → (package whose version is shown, how to load it; None: the Rust program beside this file)
TOOLS: dict[str, dict[str, tuple[str, Callable[[], Work] | None]]] = {
    "extract": {
        "zonetext": ("zonetext", zonetext("extract", input="html")),
        "resiliparse": ("resiliparse", resiliparse),
        "dom_smoothie": ("dom_smoothie", None),
        "trafilatura": ("trafilatura", trafilatura),
    },
    "repair": {
        "zonetext": ("zonetext", zonetext("repair")),
        "ftfy": ("ftfy", ftfy),
        "plsfix": ("plsfix", plsfix),
    },
    "script (s2t)": {
        "zonetext": ("zonetext", zonetext("script", to="s2t")),
        "opencc": ("opencc", opencc),
    },
    "split": {
        "zonetext": ("zonetext", zonetext("split", sentences=True)),
        "sentencex": ("sentencex", sentencex),
        "icu4x": ("icu_segmenter", None),
    },
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--most", type=int, default=400, help="pages, spread over the folder")
    arguments.add_argument("--stage", choices=list(TOOLS), action="append")
    arguments.add_argument("--json", type=Path, help="the figures as data")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        pages, texts = prepare(options.folder, options.most, Path(scratch))
        rows = []
        for stage in options.stage or list(TOOLS):
            rows += measure(stage, pages if stage == "extract" else texts, options.rounds)
    print(table(rows, options.folder, len(pages)))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")


def prepare(folder: Path, most: int, scratch: Path) -> tuple[list[Path], list[Path]]:
    """The pages as UTF-8 HTML, and the texts in them."""
    import zonetext

    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".html", ".htm") and path.is_file())
    if not found:
        sys.exit(f"{folder}: no .html or .htm files (name a folder of pages)")
    found = found[:: math.ceil(len(found) / most)]
    pages, texts = [], []
    for number, path in enumerate(found):
        for verb, kept in (("decode", pages), ("extract", texts)):
            out = scratch / f"{verb}-{number:05}"
            out.write_text(zonetext.clean_text(path.read_bytes(), verb=verb), encoding="utf-8", newline="")
            kept.append(out)
    return pages, texts


def measure(stage: str, files: list[Path], rounds: int) -> list[dict]:
    """A row for each tool: processes are started once for each round and tool, in turns."""
    best: dict[str, dict] = {}
    left_out = set()
    for _ in range(rounds):
        for tool in TOOLS[stage]:
            if tool in left_out:
                continue
            figures = once(stage, tool, files)
            if figures is None:
                left_out.add(tool)
                print(f"{stage}: {tool} is not installed; left out", file=sys.stderr)
            elif tool not in best or figures["seconds"] < best[tool]["seconds"]:
                best[tool] = figures
    return [{"stage": stage, "tool": tool, **figures} for tool, figures in best.items()]


def once(stage: str, tool: str, files: list[Path]) -> dict | None:
    """One process: a warm-up and one timed round. `None` where the tool is missing."""
    names = [str(file) for file in files]
    package, load = TOOLS[stage][tool]
    if load is None and not RUST.exists():
        return None
    command = [str(RUST), tool, "2", *names] if load is None else [sys.executable, __file__, "--work", stage, tool, *names]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        return None
    return json.loads(out) | {"peak_mb": used.ru_maxrss / 1024, "version": version(package)}


def work(stage: str, tool: str, names: list[str]) -> None:
    """In the process of one tool."""
    try:
        run = TOOLS[stage][tool][1]()
    except ImportError:
        sys.exit(1)
    texts = [Path(name).read_text(encoding="utf-8") for name in names]
    for text in texts:
        run(text)
    start = time.process_time()
    for text in texts:
        run(text)
    seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "bytes": sum(len(text.encode()) for text in texts)}))


def version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        lock = (HERE / "rust/Cargo.lock").read_text().split(f'name = "{package}"\nversion = "')
        return lock[1].split('"')[0] if len(lock) > 1 else "?"


def table(rows: list[dict], folder: Path, count: int) -> str:
    lines = ["| stage | tool | ms a page | MB/s | × zonetext | peak MB |", "|---|---|---:|---:|---:|---:|"]
    for row in rows:
        own = next((r["seconds"] for r in rows if r["stage"] == row["stage"] and r["tool"] == "zonetext"), None)
        times = "" if own is None or row["tool"] == "zonetext" else f"{row['seconds'] / own:.1f}"
        speed = row["bytes"] / row["seconds"] / 1e6
        name = f"{row['tool']} {row['version']}"
        each = row["seconds"] / count * 1e3
        lines.append(f"| {row['stage']} | {name} | {each:.3f} | {speed:.1f} | {times} | {row['peak_mb']:.0f} |")
    lines.append("")
    lines.append(f"{count} pages of {folder.name}, {time.strftime('%Y-%m-%d')}, {machine()}. CPU time, one thread, best round.")
    return "\n".join(lines)


def machine() -> str:
    model = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
