"""One function for each stage, and what the run itself did to a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._cleaner import cleaner

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import ConvertOptions, Options, Target


def decode(page: bytes, charset: str | None = None) -> str:
    """Bytes to text, nothing else. ``charset`` is what a server's header said.

    >>> decode("今天".encode("gbk"))
    '今天'
    """
    return cleaner({"verb": "decode", "charset": charset}).text(page)


def repair(text: str, **options: Unpack[Options]) -> str:
    """Undo mojibake, byte slips and pinyin annotation, line for line.

    >>> repair("項目論證專家?guī)?,突出產(chǎn)業(yè)招商")
    '項目論證專家庫,突出產業招商'
    """
    return cleaner({**options, "verb": "repair"}).text(text)


def convert(text: str, to: Target, **options: Unpack[ConvertOptions]) -> str:
    """Simplified to Traditional and back, line for line.

    >>> convert("软件", "twp")
    '軟體'
    """
    return cleaner({**options, "verb": "script", "to": to}).text(text)


def split(text: str, **options: Unpack[Options]) -> list[str]:
    """The sentences of a text.

    >>> split("今天天气很好。他走了。")
    ['今天天气很好。', '他走了。']
    """
    lines = cleaner({**options, "verb": "split", "sentences": True}).text(text).split("\n")
    return [line for line in lines if line]


def explain(page: bytes | str, **options: Unpack[Options]) -> list[dict[str, Any]]:
    """Every change and every dropped block of the run, with its rule.

    >>> changes = explain("項目論證專家?guī)?,突出產(chǎn)業(yè)招商")
    >>> [change["rule"] for change in changes if change["stage"] == "repair"]
    ['byte-slip', 'pinyin', 'pinyin']
    """
    return [json.loads(line) for line in cleaner({**options}).explain(page).splitlines()]


def detect(page: bytes | str, **options: Unpack[Options]) -> dict[str, Any]:
    """What is in a page: charset and its evidence, script, language, damage, metadata. Nothing is changed.

    >>> detect("今天天气很好。".encode("gbk"))["decode"]["charset"]
    'gb18030'
    """
    found: dict[str, Any] = json.loads(cleaner({**options}).inspect(page))
    return found
