#!/usr/bin/env python3
"""Human text there and back: wrong characters per million, OpenCC 1.4.2 against `zonetext script --to`.

    python3 tests/script/back.py [--binary target/release/zonetext] [--show] [SET ...]

Traditional text (Taiwan, Hong Kong) goes to Simplified and back to Taiwan's forms; Simplified text goes to Traditional and
back. What comes back is held against what went in, there brought to Taiwan's forms by OpenCC's t2tw. `all` counts every
character that differs; `words` leaves out pairs that people write either way (台臺, 布佈, 周週), and single places where
the human text itself is wrong (批複, 于). Both tools get the same pairs. --show prints the places where they differ.
The texts are those of the optional folder ../shared/data. Without it, or without a registry, it says "skipped".
"""
import argparse
import collections
import json
import lzma
import pathlib
import re
import subprocess
import sys

from oracle import ROOT, VENV, skip

SHARED = ROOT.parent / "shared" / "data"
# Written either way by people in Taiwan and Hong Kong; OpenCC has one of them.
FORMS = """台臺 布佈 周週 線綫 濕溼 鑑鑒 岩巖 占佔 傑杰 盃杯 銹鏽 綉繡 閑閒 迹跡 淨凈 沉沈 煙菸 盡儘 註注 了瞭 簽籤 恆恒 証證 産產 説說 挂掛
艷豔 于於 雇僱 折摺 游遊 恤卹 志誌 念唸 借藉 群羣 吊弔 咨諮 伙夥 熏燻 着著 准準 牠它 妳你 哩里 託托 覆復
""".split()
HUMAN_ERRORS = re.compile("批複|恢複|編製劃|語學校編製|斗惡龍|瓮|塤|傢具|并|胶|数|录|仪錶|系結|内")


def gsd():
    return [json.loads(line)["text"] for line in open(SHARED / "sentences" / "gsd-trad.jsonl", encoding="utf-8")]


def pages():
    """News pages of Taiwan and Hong Kong; pages that a program made from Simplified ones are left out."""
    lines = []
    for path in sorted((SHARED / "extract" / "daniel_zh").glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        if re.search("//(udn|mag.udn|hk.news.yahoo|www.rthk|www.awakeningtw|www.bltv|www.ntdtv)[.]", page["url"]):
            lines += re.sub("(?<=[一-鿿，。]) (?=[一-鿿，。])", "", page["text"]).split("\n")
    return lines


def msdocs():
    with lzma.open(SHARED / "text" / "msdocs-tw.txt.xz", "rt", encoding="utf-8") as file:
        return file.read().split("\n")[::4]


def gsd_simplified():
    return [json.loads(line)["text"] for line in open(SHARED / "sentences" / "gsd-simp.jsonl", encoding="utf-8")]


def lctt():
    with lzma.open(SHARED / "text" / "lctt.txt.xz", "rt", encoding="utf-8") as file:
        return file.read().split("\n")[::20]


TRADITIONAL = {"gsd": gsd, "pages": pages, "msdocs": msdocs}
SIMPLIFIED = {"gsd-simplified": gsd_simplified, "lctt": lctt}


def zonetext(binary, to, lines):
    command = [binary, "script", "--input", "text", "--to", to]
    out = subprocess.run(command, input="\n".join(lines).encode(), check=True, capture_output=True).stdout.decode()
    return out.split("\n")[: len(lines)]


def wrong(reference, got):
    """Pairs of characters that differ, with their surroundings."""
    found = []
    for want, have in zip(reference, got):
        if len(want) != len(have):
            continue
        for at, (a, b) in enumerate(zip(want, have)):
            if a != b:
                found.append((a, b, want[max(0, at - 4) : at + 5]))
    return found


def words_only(found):
    either = {frozenset(pair) for form in FORMS for pair in zip(form, form[1:])}
    return [f for f in found if frozenset(f[:2]) not in either and not HUMAN_ERRORS.search(f[2])]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "zonetext"))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("sets", nargs="*")
    choice = parser.parse_args()
    if not SHARED.is_dir():
        skip(f"no {SHARED}")
    if not choice.inside:
        # The wheel is in the environment that oracle.py makes.
        if not (VENV / "bin" / "python").exists():
            skip("run tests/script/oracle.py first")
        sys.exit(subprocess.run([VENV / "bin" / "python", __file__, "--inside", *sys.argv[1:]]).returncode)
    import opencc

    converter = {name: opencc.OpenCC(name) for name in ("t2s", "s2t", "s2tw", "t2tw")}
    print("| text | direction | characters | all: OpenCC | zonetext | words: OpenCC | zonetext |\n|---|---|---:|---:|---:|---:|---:|")
    for name in choice.sets or [*TRADITIONAL, *SIMPLIFIED]:
        lines = [line for line in (TRADITIONAL.get(name) or SIMPLIFIED[name])() if line.strip()]
        lines = [line.replace("\r", "") for line in lines]
        each = lambda config, texts: [converter[config].convert(text) for text in texts]
        if name in TRADITIONAL:
            reference = each("t2tw", lines)
            theirs = each("s2tw", each("t2s", lines))
            ours = zonetext(choice.binary, "tw", zonetext(choice.binary, "s", lines))
            direction = "t→s→t"
        else:
            reference = lines
            theirs = each("t2s", each("s2t", lines))
            ours = zonetext(choice.binary, "s", zonetext(choice.binary, "t", lines))
            direction = "s→t→s"
        count = sum("\u3400" <= c <= "\u9fff" for line in lines for c in line)
        found = [wrong(reference, theirs), wrong(reference, ours)]
        rates = [round(len(f) * 1e6 / count) for f in found] + [round(len(words_only(f)) * 1e6 / count) for f in found]
        print(f"| {name} | {direction} | {count} | {rates[0]} | {rates[1]} | {rates[2]} | {rates[3]} |", flush=True)
        if choice.show:
            for label, places in (("OpenCC", found[0]), ("zonetext", found[1])):
                seen = collections.Counter(f"{b} for {a}" for a, b, _ in words_only(places))
                where = {f"{b} for {a}": around for a, b, around in words_only(places)}
                print(f"  {label}: " + ", ".join(f"{k} ×{n} {where[k]}" for k, n in seen.most_common(60)))


if __name__ == "__main__":
    main()
