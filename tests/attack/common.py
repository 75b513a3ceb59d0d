"""What all attacks use: the program, pages and archives."""

import gzip
import subprocess

TEXT = "今天天气很好，我们去公园里看花。"


def zonetext(binary, line, given=b"", cwd=None):
    """Runs the program; one that takes two minutes hangs."""
    return subprocess.run([binary, *line], input=given, capture_output=True, cwd=cwd, timeout=120)


def page(random, number):
    text = TEXT * random.randrange(1, 30)
    return f"<html><title>第{number}页</title><body><h1>第{number}页</h1><p>{text}</p></body></html>".encode()


def record(random, number):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(random, number)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{number}>\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def archive(random, count, packed=False):
    pack = (lambda part: gzip.compress(part, 1)) if packed else bytes
    return b"".join(pack(record(random, number)) for number in range(count))
