"""Writes archives with warcio, a program that knows nothing of ours: `python3 archives.py FOLDER`.

Ids and dates are fixed, so that two runs give the same archives. `.warc.zst` needs the zstd command as well and is left out without it.
"""

import base64
import gzip
import io
import os
import shutil
import struct
import subprocess
import sys
import zlib

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# Brotli of page(5, "utf-8"), made with the Python package Brotli 1.1; so that nobody needs it.
BROTLI = "G4MAAJ0Hdqwz0GjG7CNoxillidnu16L5eeNDrmYzxk0SGOWC9uwTpG+9wIWPYxwwX0+24PkMA9EeY2U6hyE2XdCoDxRkAJWXoW1lHzY4dwSeod4/VN4f+I0CuVVTijs7/9D9tLEHUHmNkDYE"


def page(number, charset):
    text = f"<html><head><title>第{number}页</title></head><body><p>今天天气很好，我们去公园里看花，这是第{number}页。</p></body></html>"
    return text.encode(charset)


def chunked(body):
    parts = [body[at : at + 50] for at in range(0, len(body), 50)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflate(body):
    raw = zlib.compressobj(wbits=-15)
    return raw.compress(body) + raw.flush()


class Archive:
    def __init__(self, packed):
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed)
        self.count = 0

    def add(self, kind, body, http=None, media=None, status="200 OK", uri=None):
        self.count += 1
        fixed = {
            "WARC-Date": f"2021-12-09T08:00:{self.count:02}Z",
            "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{self.count:012}>",
        }
        head = http and StatusAndHeaders(status, [("Server", "x"), *http], protocol="HTTP/1.1")
        arguments = {"payload": io.BytesIO(body), "http_headers": head, "warc_headers_dict": fixed}
        if media:
            arguments["warc_content_type"] = media
        uri = uri or f"http://e.cn/{self.count}"
        self.writer.write_record(self.writer.create_warc_record(uri, kind, **arguments))

    def info(self):
        self.count += 1
        self.writer.write_record(self.writer.create_warcinfo_record("a.warc", {"software": "tests"}))


def mixed(packed):
    archive = Archive(packed)
    html = ("Content-Type", "text/html; charset=utf-8")
    archive.add("metadata", b"fetchTimeMs: 5\r\n", media="application/warc-fields")
    archive.add("response", page(1, "utf-8"), [html])
    archive.add("response", page(2, "gbk"), [("content-type", "text/html;charset=GB2312")])
    archive.add("response", gzip.compress(page(3, "utf-8"), mtime=0), [html, ("Content-Encoding", "gzip")])
    both = [html, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
    archive.add("response", chunked(gzip.compress(page(4, "utf-8"), mtime=0)), both)
    archive.add("response", base64.b64decode(BROTLI), [html, ("Content-Encoding", "br")])
    archive.add("response", deflate(page(6, "utf-8")), [html, ("Content-Encoding", "deflate")])
    archive.add("response", page(7, "utf-8"), [html, ("Content-Encoding", "gzip")])
    archive.add("response", b"\x89PNG\r\n\x1a\n" + bytes(40), [("Content-Type", "image/png")])
    archive.add("response", page(9, "utf-8"), [html], status="404 Not Found")
    archive.add("response", b"", [("Location", "/")], status="301 Moved Permanently")
    archive.add("resource", page(10, "utf-8"), media="text/html")
    archive.add("resource", b"e.cn. 60 IN A 192.0.2.1\n", media="text/dns", uri="dns:e.cn")
    archive.add("response", gzip.compress(page(12, "utf-8") * 40, mtime=0)[:-20], [html, ("Content-Encoding", "gzip")])
    archive.add("response", b"\x89PNG\r\n\x1a\n" + bytes(40), [html])
    archive.add("response", page(14, "utf-8"), [("Content-Type", "application/octet-stream")])
    return archive.out.getvalue()


def wet(packed):
    archive = Archive(packed)
    for number in range(1, 4):
        text = f"第{number}页\n今天天气很好，我们去公园里看花，这是第{number}页。\n"
        archive.add("conversion", text.encode(), media="text/plain")
    return archive.out.getvalue()


def members(packed):
    """Where each record begins, as warcio itself reads the archive."""
    records = ArchiveIterator(io.BytesIO(packed))
    return [records.get_record_offset() for _ in records] + [len(packed)]


def broken(packed):
    """The fourth record is broken in its middle, the last breaks off."""
    starts = members(packed)
    cut = bytearray(packed[: starts[-2] + 60])
    for at in range(starts[3] + 60, starts[3] + 72):
        cut[at] = 0xFF
    return bytes(cut)


def wrong_length(plain, change):
    at = plain.index(b"Content-Length: ", members(plain)[2])
    end = plain.index(b"\r\n", at)
    length = int(plain[at + 16 : end])
    return plain[:at] + b"Content-Length: %d" % (length + change) + plain[end:]


def zst(plain, folder):
    """A frame a record, with a dictionary before all, as the Web Archive's crawlers write them."""
    starts = members(plain)
    records = [plain[a:b] for a, b in zip(starts, starts[1:])]
    for number, record in enumerate(records * 8):
        with open(f"{folder}/{number}.part", "wb") as file:
            file.write(record + b"%d" % number)
    parts = [f"{folder}/{number}.part" for number in range(len(records) * 8)]
    subprocess.run(["zstd", "-q", "--train", *parts, "-o", f"{folder}/dictionary", "--maxdict=2000", "--dictID=7"], check=True)
    packed = b""
    for record in records:
        pack = ["zstd", "-q", "-c", "-19", "-D", f"{folder}/dictionary"]
        packed += subprocess.run(pack, input=record, stdout=subprocess.PIPE, check=True).stdout
    with open(f"{folder}/dictionary", "rb") as file:
        dictionary = subprocess.run(["zstd", "-q", "-c"], input=file.read(), stdout=subprocess.PIPE, check=True).stdout
    for path in [*parts, f"{folder}/dictionary"]:
        os.remove(path)
    return struct.pack("<II", 0x184D2A5D, len(dictionary)) + dictionary + packed


def main(folder):
    os.makedirs(folder, exist_ok=True)
    plain, packed = mixed(False), mixed(True)
    files = {
        "mixed.warc": plain,
        "mixed.warc.gz": packed,
        "pages.wet.gz": wet(True),
        "broken.warc.gz": broken(packed),
        "short.warc": wrong_length(plain, -7),
        "long.warc": wrong_length(plain, 700),
    }
    if shutil.which("zstd"):
        files["dictionary.warc.zst"] = zst(plain, folder)
    for name, content in files.items():
        with open(f"{folder}/{name}", "wb") as file:
            file.write(content)


main(sys.argv[1])
