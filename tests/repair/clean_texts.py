#!/usr/bin/env python3
"""Clean text for the law of no harm, out of unpacked packages.  usage: clean_texts.py OUT FOLDER...

Writes OUT/<folder's name>.<language>.txt, a line of text a line: manual pages (any language's folder under man/), compiled
translations (.mo, by the folder of their language) and HTML, of the languages that are written with Han characters or Hangul.
The packages used so far are Debian's manpages-ja, manpages-zh, debian-reference-ja, libreoffice-help-* and libreoffice-l10n-*
(`apt-get download`, `dpkg-deb -x`). The texts are not committed; `ZONETEXT_CLEAN_TEXTS=OUT cargo test --release
repair::harm -- --nocapture` measures them.
"""
import collections, gzip, html, pathlib, re, struct, sys

LANGUAGE = re.compile(r"[/.](ja|ko|zh[_-](?:cn|tw|hk|hans|hant)|yue)(?:[/.]|$)", re.I)


def manual(text):
    for line in text.split("\n"):
        if line.startswith((".\\\"", "'\\\"")):
            continue
        line = re.sub(r"^[.'][A-Za-z]+ ?", "", line)
        yield re.sub(r"\\(?:f[A-Z]|-|&|\(..|\[[^]]*\])", "", line)


def translations(data):
    if data[:4] not in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"):
        return
    order = "<" if data[0] == 0xDE else ">"
    count, _, to = struct.unpack_from(order + "III", data, 8)
    for at in range(count):
        length, start = struct.unpack_from(order + "II", data, to + 8 * at)
        yield from data[start:start + length].decode("utf-8", "replace").replace("\0", "\n").split("\n")


def page(text):
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->", "", text)
    text = re.sub(r"</?(?:p|div|td|li|h[1-6]|br|tr|title|pre)\b[^>]*>", "\n", text)
    yield from html.unescape(re.sub(r"<[^>]*>", "", text)).split("\n")


def lines(path):
    data = path.read_bytes()
    name = path.name
    if name.endswith(".gz"):
        data, name = gzip.decompress(data), name[:-3]
    if name.endswith(".mo"):
        return translations(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ()
    if re.search(r"\.html?$", name):
        return page(text)
    if "/man/" in str(path):
        return manual(text)
    return text.split("\n") if name.endswith(".txt") else ()


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for folder in map(pathlib.Path, sys.argv[2:]):
        found = collections.defaultdict(dict)
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
            language = LANGUAGE.search(str(path.relative_to(folder))) or LANGUAGE.search("." + folder.name.replace("-", ".", 9).replace("zh.", "zh-") + "/")
            if not language:
                continue
            for line in lines(path):
                line = line.strip()
                if re.search("[\u2e80-\u9fff\uac00-\ud7a3]", line) and "\ufffd" not in line:
                    found[language.group(1).lower()][line] = None
        for language, kept in found.items():
            (out / f"{folder.name}.{language}.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
            print(f"{folder.name} {language}: {len(kept)} lines")


if __name__ == "__main__":
    main()
