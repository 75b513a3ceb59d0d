#!/usr/bin/env python3
"""What comes back of each class of damage, how many guessed characters are right, and how many sound lines change.

usage: measure.py ZONETEXT SOURCES [LINES]
SOURCES holds text/lctt.txt.xz (LCTT articles), text/msdocs-tw.txt.xz (documentation) and real/*.txt (text of web pages): text that
nothing was tuned on. Each line is broken by Python's decoders, sent through `zonetext repair` as a record of its own, and compared.
Prints a table in Markdown: class, lines, exact, exact or left as it came, alike (of the changed ones), guessed characters and those of
them that are right, sound lines changed by the rules of the class. `short` are titles of 4 to 12 characters.
"""
import collections, difflib, json, lzma, pathlib, random, re, subprocess, sys

BINARY, SOURCES, COUNT = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 100
RANDOM = random.Random(20)
TRADITIONAL = set("這個們來對說時為國會學過經與關開問間應當點發種動體還現樣實無頭業後裡於")
SINGLE = "cp1252 mac_roman cp437 cp850 cp866 koi8_r cp1250 cp1251 cp1253 cp1254 cp1257 iso8859_2".split()


def han(text):
    return sum("\u4e00" <= c <= "\u9fff" for c in text)


def fits(line):
    return 12 <= len(line) <= 90 and han(line) * 10 >= len(line) * 7


def lines_of():
    """Simplified and Traditional lines, one of a web page behind each of a collection."""
    packed = lambda name: [l.strip() for l in lzma.open(SOURCES / "text" / name, "rt", encoding="utf-8")]
    web = {l.strip() for p in sorted((SOURCES / "real").glob("*.txt")) for l in p.read_text("utf-8", "replace").split("\n")}
    web = sorted(filter(fits, web))
    found = {}
    for key, name in (("S", "lctt.txt.xz"), ("T", "msdocs-tw.txt.xz")):
        own = list(filter(fits, packed(name)))
        count = lambda l: sum(c in TRADITIONAL for c in l)
        other = [l for l in web if (count(l) >= 2 if key == "T" else count(l) == 0)]
        RANDOM.shuffle(own), RANDOM.shuffle(other)
        found[key] = [l for pair in zip(own, other) for l in pair]
    return found


def titles(lines):
    for line in lines:
        for piece in re.split(r"[，。；：！？、“”（）()《》「」\s]", line):
            if 4 <= len(piece) <= 12 and han(piece) == len(piece):
                yield piece
                break


def single(name, how):
    """Bytes read as a single-byte charset: what it lacks is kept as a C1 control, U+FFFD, "?", dropped, or cleaned with the no-break space."""
    def char(byte):
        try:
            c = bytes([byte]).decode(name)
        except UnicodeDecodeError:
            return {"kept": chr(byte), "U+FFFD": "\ufffd", "?": "?", "dropped": "", "cleaned": ""}[how]
        if how == "cleaned" and (byte in (0xA0, 0xAD) or 0x80 <= ord(c) < 0xA0):
            return " " if byte == 0xA0 else ""
        return c
    table = [char(byte) for byte in range(256)]
    return lambda coded: "".join(table[byte] for byte in coded)


def double(name, how):
    def read(coded):
        if how == "kept":
            try:
                return coded.decode(name)
            except UnicodeDecodeError:
                return None
        if how == "dropped":
            return coded.decode(name, "ignore")
        return coded.decode(name, "replace").replace("\ufffd", "?" if how == "?" else "\ufffd")
    return read


def lost(how):
    """One byte of GBK is lost: a first one gone or "?", or a second one."""
    def read(coded):
        at, pairs = 0, []
        while at < len(coded):
            if coded[at] >= 0x81:
                pairs.append(at)
                at += 1
            at += 1
        if not pairs:
            return None
        at = RANDOM.choice(pairs)
        cut = {"first": coded[:at] + coded[at + 1:], "first ?": coded[:at] + b"?" + coded[at + 1:], "second": coded[:at + 1] + coded[at + 2:]}
        return cut[how].decode("gb18030", "replace")
    return read


def classes():
    """(name, true charset, source, reading, rule by which sound lines would change)"""
    for wrong in SINGLE:
        for how, sources in [("kept", "ST"), ("U+FFFD", "S")] + ([("?", "S"), ("dropped", "S"), ("cleaned", "S")] if wrong == "cp1252" else []):
            for source in sources:
                yield f"UTF-8 as {wrong}, {how}", "utf-8", source, single(wrong, how)
    for true, source, wrongs in (("gb18030", "S", "cp437 cp850 cp866 cp1250 cp1251 mac_roman cp1252 koi8_r"), ("big5", "T", "cp437 cp1252")):
        for wrong in wrongs.split():
            yield f"{true} as {wrong}", true, source, single(wrong, "kept")
    for true, source, wrongs in (("gb18030", "S", "cp949 cp932 big5hkscs euc_jp"), ("big5", "T", "cp932 cp949 gbk")):
        for wrong in wrongs.split():
            yield f"{true} as {wrong}", true, source, double(wrong, "kept")
    for wrong in "gbk cp932 big5hkscs cp949 euc_jp".split():
        for how in ("kept", "U+FFFD", "?", "dropped"):
            for source in "ST":
                yield f"UTF-8 as {wrong}, {how}", "utf-8", source, double(wrong, how)
    for how in ("first ?", "first", "second"):
        for source in "ST":
            yield f"a {how} byte of GBK lost", "gbk", source, lost(how)


def broken():
    lines = lines_of()
    short = {key: list(titles(found)) for key, found in lines.items()}
    for name, true, source, read in classes():
        for tag, found in (("", lines[source]), (", short", short[source])):
            if tag and "GBK lost" in name:
                continue
            count = 0
            for line in found[: COUNT * 8]:
                try:
                    seen = read(line.encode(true))
                except UnicodeEncodeError:
                    continue
                if seen and seen != line and not set("\n\r\x85") & set(seen):
                    yield f"{name}, {source}{tag}", seen, line
                    count += 1
                if count == COUNT:
                    break


def repaired(texts):
    feed = "".join(json.dumps({"id": at, "text": text}, ensure_ascii=False) + "\n" for at, text in enumerate(texts))
    run = subprocess.run([BINARY, "repair", "--input", "jsonl", "-f", "jsonl"], input=feed.encode(), capture_output=True, check=False)
    found = [json.loads(line) for line in run.stdout.decode().split("\n") if line]
    assert len(found) == len(texts), run.stderr.decode()[-500:]
    return found


def measured(rows, tally):
    for (name, seen, meant), record in zip(rows, repaired([row[1] for row in rows])):
        out, row = record["text"], tally[name]
        row["lines"] += 1
        row["exact"] += out == meant
        row["fair"] += out in (seen, meant)
        if out == seen:
            continue
        blocks = difflib.SequenceMatcher(None, out, meant, autojunk=False)
        row["changed"] += 1
        row["alike"] += blocks.ratio()
        right = {at for start, _, size in blocks.get_matching_blocks() for at in range(start, start + size)}
        for guess in record["zt"].get("guessed", []):
            for at in range(*guess["span"]):
                row["guessed"] += 1
                row["right"] += at in right
        tally[name]["rules"] = max(record["zt"]["repairs"], key=record["zt"]["repairs"].get, default="")


def tables():
    """Simplified to Traditional where there is no choice, and the first reading of each character."""
    here = pathlib.Path(__file__).resolve().parent
    rows = lambda name: (l.split("\t") for l in (here / name).read_text("utf-8").split("\n") if "\t" in l and l[0] != "#")
    return {k: v for k, v in rows("STCharacters.txt") if " " not in v}, {k: v.split(",")[0] for k, v in rows("readings.tsv")}


def code_page_936(coded):
    out, at = [], 0
    while at < len(coded):
        if coded[at] <= 0x80:
            out.append("€" if coded[at] == 0x80 else chr(coded[at]))
            at += 1
            continue
        text = coded[at : at + 2].decode("gbk", "replace")
        out.append(text if len(text) == 1 and text != "\ufffd" and not 0xE000 <= ord(text) < 0xF900 and at + 1 < len(coded) else "?")
        at += 2
    return "".join(out)


def mirrored(line, listed, cuts, readings):
    """What a mirror program shows of a Traditional line: tests/repair/forward.rs in short."""
    coded = line.encode("gbk")
    for c in listed:
        try:
            code, note = c.encode("gbk"), f"({readings[c]})".encode("gbk")
        except UnicodeEncodeError:
            continue
        coded = coded.replace(code, code + note)
    out, start, at = "", 0, 0
    while cuts and at + 1 < len(coded):
        if coded[at] == 0xA3 and coded[at + 1] in cuts:
            out += code_page_936(coded[start:at]) + code_page_936(coded[at : at + 2])
            at += 2
            start = at
        else:
            at += 1
    return out + code_page_936(coded[start:])


def documents():
    """Documents of twelve lines, each of a site of its own."""
    traditional, readings = tables()
    converted = sorted({v for v in traditional.values() if v in readings and "\u4e00" <= v <= "\u9fa5"})
    lines = lines_of()["S"][: COUNT * 24]
    for start in range(0, len(lines), 12):
        share, kind = RANDOM.choice([0, 1, 5, 20, 60, 95, 100]), RANDOM.randrange(4)
        marks = [0xAC, 0xA1, 0xBF, 0xBB, 0xBA]
        cuts = marks if kind == 0 or kind > 1 and share == 0 else [m for m in marks if kind == 1 and RANDOM.random() < 0.5]
        listed = [c for c in converted if RANDOM.randrange(100) < share]
        RANDOM.shuffle(listed)
        seen, meant = [], []
        for line in lines[start : start + 12]:
            line = "".join(traditional.get(c, c) for c in line)
            try:
                seen.append(mirrored(line, listed, cuts, readings))
                meant.append(line)
            except UnicodeEncodeError:
                pass
        yield seen, meant


def slips(tally):
    """Lines with byte slips, and those with annotations alone."""
    note = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêếề]{1,6}\)")
    found = list(documents())
    for (seen, meant), record in zip(found, repaired(["\n".join(seen) for seen, _ in found])):
        start = 0
        for before, line, out in zip(seen, meant, record["text"].split("\n")):
            row = tally["byte slips" if note.sub("", before) != note.sub("", line) else "annotation alone"]
            row["lines"] += 1
            row["exact"] += out == line
            row["fair"] += out in (before, line)
            blocks = difflib.SequenceMatcher(None, out, line, autojunk=False)
            row["changed"] += 1
            row["alike"] += blocks.ratio()
            right = {at for a, _, size in blocks.get_matching_blocks() for at in range(a, a + size)}
            for guess in record["zt"].get("guessed", []):
                for at in range(max(guess["span"][0], start), min(guess["span"][1], start + len(out))):
                    row["guessed"] += 1
                    row["right"] += at - start in right
            row["rules"] = "byte-slip"
            start += len(out) + 1


def sound():
    """Sound lines by the rules that change them."""
    lines = [line for found in lines_of().values() for line in found[:10_000]]
    harm = collections.Counter()
    for line, record in zip(lines, repaired(lines)):
        if record["text"] != line:
            harm.update(record["zt"]["repairs"])
    return len(lines), harm


def main():
    tally = collections.defaultdict(collections.Counter)
    measured(list(broken()), tally)
    slips(tally)
    count, harm = sound()
    print(f"| class | lines | exact | or left | alike | guessed | right | harm of {count} |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, row in tally.items():
        share = lambda key, of: f"{100 * row[key] / row[of]:.1f}" if row[of] else "–"
        alike = f"{row['alike'] / row['changed']:.3f}" if row["changed"] else "–"
        harmed = harm.get(row["rules"], 0) if row["rules"] else 0
        print(f"| {name} | {row['lines']} | {share('exact', 'lines')} | {share('fair', 'lines')} | {alike} | {row['guessed']} | {share('right', 'guessed')} | {harmed} |")
    print("\nSound lines changed, by rule:", dict(harm) or "none")


if __name__ == "__main__":
    main()
