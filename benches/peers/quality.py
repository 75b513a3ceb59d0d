"""Main text of zonetext beside trafilatura's, held against texts that people chose, on folders that you name.

    pip install trafilatura
    python3 benches/peers/quality.py FOLDER... [--zonetext target/release/zonetext]

A folder holds NAME.html beside NAME.json, whose key `text` is the wanted text. F is the harmonic mean of precision and recall over shingles
of four tokens (a Chinese character or another word; punctuation and width do not count), and the mean over pages is printed. Pages that
zonetext's forests have seen flatter it: `[folds.*]` in fixtures/quality.toml has the same figure where each page was judged by forests
that saw no page of its site.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import statistics
import subprocess
import unicodedata
from pathlib import Path

HAN = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")


def shingles(text: str) -> collections.Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(unicodedata.normalize("NFKC", text).lower())
    return collections.Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3))) if tokens else collections.Counter()


def f_score(wanted: str, got: str) -> float:
    one, other = shingles(wanted), shingles(got)
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def with_zonetext(program: str, page: bytes) -> str:
    run = subprocess.run([program, "extract", "-f", "json"], input=page, capture_output=True, check=False)
    return json.loads(run.stdout)["text"] if run.stdout else ""


def with_trafilatura(page: bytes) -> str:
    import trafilatura

    return trafilatura.extract(page) or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--zonetext", default="target/release/zonetext")
    args = parser.parse_args()
    print("| folder | pages | zonetext F | trafilatura F |\n|---|---:|---:|---:|")
    for folder in args.folders:
        pages = sorted(path for path in folder.glob("*.html") if path.with_suffix(".json").exists())
        scores: tuple[list[float], list[float]] = ([], [])
        for path in pages:
            page, wanted = path.read_bytes(), json.loads(path.with_suffix(".json").read_text("utf-8"))["text"]
            scores[0].append(f_score(wanted, with_zonetext(args.zonetext, page)))
            scores[1].append(f_score(wanted, with_trafilatura(page)))
        means = " | ".join(f"{statistics.mean(part):.3f}" for part in scores)
        print(f"| {folder.name} | {len(pages)} | {means} |", flush=True)


if __name__ == "__main__":
    main()
