#!/usr/bin/env python3
"""Pages dumped to text in the ways people do it: what the forests for badly extracted text are learned from.

usage: dumps.py FOLDER_OF_PAGES... OUT
In: folders with NAME.html beside NAME.json or NAME.txt (the gold text). Out: OUT/FOLDER/NAME.jsonl, a line {"kind", "text"} for each dump.
pip install beautifulsoup4 html2text resiliparse trafilatura justext readability-lxml inscriptis markdownify lxml lxml_html_clean; commands w3m and lynx.
A kind whose tool is absent or fails on a page is left out, and counted on standard error."""

import collections
import json
import logging
import pathlib
import random
import re
import subprocess
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor

import html2text
import inscriptis
import justext
import markdownify
import readability
import trafilatura
from bs4 import BeautifulSoup
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

BLOCK = r"p|div|br|li|tr|td|h[1-6]|ul|ol|table|section|article|dt|dd|form|blockquote"
# A kind has to say this many characters to be a page.
LEAST = 40


def bare(html):
    """The page without scripts and styles."""
    return re.sub(r"(?is)<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->", " ", html)


def lines(text):
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def soup(html):
    return lines(BeautifulSoup(bare(html), "lxml").get_text("\n"))


def visible(html):
    return extract_plain_text(html, main_content=False, alt_texts=False, links=False, form_fields=False, noscript=False)


def with_alts(html):
    return extract_plain_text(html, main_content=False, alt_texts=True, links=True, form_fields=True, noscript=True)


def markdown(links):
    def dump(html):
        writer = html2text.HTML2Text(bodywidth=0)
        writer.ignore_links = writer.ignore_images = not links
        return writer.handle(html)

    return dump


def wrapped_markdown(html):
    return html2text.HTML2Text(bodywidth=78).handle(html)


def atx(html):
    return markdownify.markdownify(bare(html), heading_style="ATX")


def copied(html):
    """Lines as a person copies them: bullets gone, short ones run together."""
    out = []
    for line in visible(html).split("\n"):
        line = re.sub(r"^[\s•*-]+", "", line).strip()
        if line and len(line) < 10 and out and len(out[-1]) < 60 and not out[-1].endswith(("。", "！", "？")):
            out[-1] += " " + line
        elif line:
            out.append(line)
    return "\n".join(out)


def wrapped(html):
    """Paragraphs cut at a fixed width, as a PDF or a mail has them."""
    width = random.Random(len(html)).choice((28, 36, 40, 60))
    out = []
    for line in visible(html).split("\n"):
        out += [line[at : at + width] for at in range(0, len(line), width)] or [""]
    return "\n".join(out)


def tagged(html):
    """Text with a part of its tags left literal."""
    pick = random.Random(len(html))
    text = str(BeautifulSoup(bare(html), "lxml").body or "")
    text = re.sub(rf"(?i)</?({BLOCK})\b[^>]*>", lambda found: "\n" + (found[0] if pick.random() < 0.15 else ""), text)
    text = re.sub(r"<[^>\n]{0,300}>", lambda found: found[0] if pick.random() < 0.05 else "", text)
    return lines(text)


def recall(html):
    return trafilatura.extract(html, favor_recall=True, include_comments=True) or ""


def formatted(html):
    return trafilatura.extract(html, output_format="markdown", include_links=True, favor_recall=True) or ""


def dictionary(html):
    found = justext.justext(html.encode(), frozenset(), length_low=20, length_high=60, max_link_density=0.9)
    return "\n".join(paragraph.text for paragraph in found)


def readable(html):
    return visible(readability.Document(html).summary())


def rendered(html):
    return inscriptis.get_text(html)


def command(*words):
    def dump(html):
        run = subprocess.run(words, input=html.encode(), capture_output=True, timeout=20)
        return run.stdout.decode("utf-8", "ignore")

    return dump


KINDS = {
    "soup": soup,
    "visible": visible,
    "alts": with_alts,
    "markdown": markdown(True),
    "markdown-bare": markdown(False),
    "markdown-wrapped": wrapped_markdown,
    "markdown-atx": atx,
    "copied": copied,
    "wrapped": wrapped,
    "tagged": tagged,
    "recall": recall,
    "formatted": formatted,
    "dictionary": dictionary,
    "readable": readable,
    "rendered": rendered,
    "w3m": command("w3m", "-dump", "-cols", "100", "-T", "text/html", "-I", "utf-8", "-O", "utf-8"),
    "lynx": command("lynx", "-dump", "-nolist", "-stdin", "-assume_charset=utf-8", "-display_charset=utf-8"),
}


def page(job):
    path, out = job
    html = path.read_bytes()
    html = bytes_to_str(html, detect_encoding(html)).replace("\0", "")
    failed = []
    with open(out / f"{path.stem}.jsonl", "w", encoding="utf-8") as file:
        for kind, dump in KINDS.items():
            try:
                text = dump(html)
            except Exception:
                failed.append(kind)
                continue
            text = text.encode("utf-8", "ignore").decode()
            if len(text) >= LEAST:
                print(json.dumps({"kind": kind, "text": text}, ensure_ascii=False), file=file)
    return failed


def main():
    *folders, out = map(pathlib.Path, sys.argv[1:])
    jobs = []
    for folder in folders:
        to = out / folder.name
        to.mkdir(parents=True, exist_ok=True)
        jobs += [(path, to) for path in sorted(folder.glob("*.html"))]
    with ProcessPoolExecutor(2) as pool:
        failed = collections.Counter(kind for kinds in pool.map(page, jobs, chunksize=4) for kind in kinds)
    print(f"{len(jobs)} pages; left out: {dict(failed)}", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main()
