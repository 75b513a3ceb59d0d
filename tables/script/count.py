#!/usr/bin/env python3
"""Makes words.tsv: how often words stand in Simplified text, for a segmentation by likelihood.

    pip install jieba==0.42.1 opencc==1.4.2
    python3 tables/script/count.py FOLDER > tables/script/words.tsv

FOLDER holds modern_narrative.txt (the modern side of the Classical-Modern corpus, MIT), statutes.txt (statutes of the PRC,
public domain) and lctt.txt.xz (articles of the LCTT TranslateProject, Apache-2.0). A word's count is jieba's (MIT) and how
often jieba's segmentation without its model of new words, which knows OpenCC's words too, finds it in those texts.

Kept are OpenCC's words, every counted character, and of jieba's words those that compete: the 8,000 most frequent, and those
that change what a text of the three becomes. Words that hold a word of OpenCC's that its characters do not explain are left out,
and so are numbers: 九十 would tear 十里 apart.
"""
import collections
import functools
import lzma
import math
import os
import pathlib
import re
import sys
import tempfile

import jieba
import opencc

DICTIONARIES = pathlib.Path(__file__).with_name("opencc")
HAN = re.compile("[\u3400-\u9fff]+")
NUMERAL = re.compile("^[第每一二三四五六七八九十百千万亿两几数多余]+$")
CONVERTERS = {name: functools.lru_cache(None)(opencc.OpenCC(name).convert) for name in ("s2t", "s2twp", "t2s")}


def entries(name):
    for line in (DICTIONARIES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def regional():
    """The Simplified forms of the words that a region's step looks for."""
    found = set()
    for name in ("TWPhrases", "HKPhrases", "TWVariantsPhrases", "HKVariantsPhrases"):
        for word in (word for word, _ in entries(name) if len(word) > 1):
            back = CONVERTERS["t2s"]
            forms = ("".join(map(back, word)), back(word))
            found.update([form for form in forms if CONVERTERS["s2t"](form) == word][:1])
    return found


def texts(folder):
    narrative = (folder / "modern_narrative.txt").read_text(encoding="utf-8")
    statutes = (folder / "statutes.txt").read_text(encoding="utf-8")
    with lzma.open(folder / "lctt.txt.xz", "rt", encoding="utf-8") as file:
        lctt = file.read()
    return [lctt, narrative, statutes], [narrative, statutes[:1_200_000], lctt[:6_500_000]]


def listed():
    """jieba's words with their counts."""
    path = pathlib.Path(os.path.dirname(jieba.__file__)) / "dict.txt"
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {word: int(count) for word, count, _ in rows}


def counted(words, known, corpora):
    tokenizer, counts = jieba.Tokenizer(), collections.Counter(words)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(f"{word} {words.get(word, 0) or 1} n\n" for word in set(words) | known)
        file.flush()
        tokenizer.set_dictionary(file.name)
        tokenizer.initialize()
    for text in corpora:
        for run in HAN.findall(text):
            counts.update(tokenizer.cut(run, HMM=False))
    return counts


class Costs:
    """Words with their costs in tenths of a bit. A word of OpenCC's costs no more than the words inside it."""

    def __init__(self, counts, known, others):
        total = sum(counts.values())
        cost = lambda word: min(250, round(10 * math.log2(total / (counts[word] + 0.5))))
        self.costs = {word: cost(word) for word in {c for w in [*known, *others] for c in w} | set(others)}
        for word in sorted(known, key=len):
            ends = self.ends(word, whole=False)
            self.costs[word] = min(cost(word), ends[-1][0] - 1)

    def ends(self, row, whole=True):
        best = [(0, 0)] + [(10**9, 0)] * len(row)
        for start in range(len(row)):
            for end in range(start + 1, min(len(row), start + 8) + 1):
                if not whole and end - start == len(row):
                    continue
                cost = self.costs.get(row[start:end], 250 if end == start + 1 else None)
                if cost is not None and best[start][0] + cost < best[end][0]:
                    best[end] = (best[start][0] + cost, start)
        return best

    def words(self, row):
        best, found, end = self.ends(row), [], len(row)
        while end:
            found.append(row[best[end][1] : end])
            end = best[end][1]
        return found[::-1]


def is_special(word):
    return any(convert(word) != "".join(map(convert, word)) for convert in (CONVERTERS["s2t"], CONVERTERS["s2twp"]))


def competing(counts, known, samples):
    """The words without which some text would become something else."""
    many = [w for w in counts if 2 <= len(w) <= 4 and w not in known and HAN.fullmatch(w) and counts[w] >= 30]
    every, plain = Costs(counts, known, many), Costs(counts, known, [])
    begins = {word[:2] for word in known if is_special(word)}
    found = set()
    for run in {run for text in samples for run in HAN.findall(text)}:
        if not any(run[at : at + 2] in begins for at in range(len(run) - 1)):
            continue
        one, two = plain.words(run), every.words(run)
        if one != two and any("".join(map(c, one)) != "".join(map(c, two)) for c in (CONVERTERS["s2t"], CONVERTERS["s2twp"])):
            found.update(word for word in two if len(word) > 1 and word not in known)
    return found


def main():
    corpora, samples = texts(pathlib.Path(sys.argv[1]))
    known = {w for name in ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases") for w, _ in entries(name)} | regional()
    places, words = regional(), listed()
    counts = counted(words, known, corpora)
    others = [w for w in words if 2 <= len(w) <= 4 and w not in known and HAN.fullmatch(w)]
    others.sort(key=lambda word: (-counts[word], word))
    kept = set(others[:8000]) | competing(counts, known, samples)
    kept |= {word for word in others if ("着" in word or "著" in word) and counts[word] >= 3}
    kept = {word for word in kept if not is_special(word) and not NUMERAL.match(word)}
    characters = {c for word in known | kept for c in word} | {w for w in counts if len(w) == 1 and HAN.match(w) and counts[w] >= 20}
    print(f"# total\t{sum(counts.values())}")
    for word in sorted(known | kept | characters):
        if counts[word] > 0 or word in places:
            print(f"{word}\t{counts[word]}")


if __name__ == "__main__":
    main()
