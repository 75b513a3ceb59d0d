"""The options: the command line's flags with ``_`` for ``-``. A type checker knows their names and values (``too="s"`` is an error)."""

from __future__ import annotations

from typing import Literal, TypedDict

Verb = Literal["clean", "decode", "extract", "repair", "script", "split"]
Kind = Literal["title", "captions", "bylines", "lists", "tables", "headings", "links", "images"]
Stage = Literal["extract", "repair", "script", "split"]
Target = Literal[
    "keep", "s", "t", "tw", "twp", "hk", "hkp", "jp",
    "s2t", "s2tw", "s2twp", "s2hk", "s2hkp", "t2s", "tw2s", "tw2sp", "hk2s", "hk2sp",
    "t2tw", "t2hk", "tw2t", "hk2t", "t2jp", "jp2t",
]  # fmt: skip
Schema = Literal["zonetext", "datatrove", "dolma", "oscar", "trafilatura"]


class Options(TypedDict, total=False):
    """Every option has the default of the command."""

    verb: Verb
    input: Literal["auto", "html", "text"]
    charset: str | None
    url: str | None
    max_bytes: int
    to: Target
    punctuation: Literal["keep", "full"]
    reconvert: bool
    words: dict[str, str]
    protect: list[str]
    mend_boundaries: bool
    narrow_latin: bool
    normalize: Literal["none", "cjk"]
    guess_lost: bool
    guesses: Literal["keep", "mark", "drop"]
    whole: bool
    comments: Literal["keep", "drop"]
    select: str
    prune: str
    sites: dict[str, dict[str, str | list[str]]]
    keep: list[Kind]
    drop: list[Kind]
    bullets: Literal["keep", "none"]
    tables: Literal["auto", "html", "pipe"]
    frontmatter: bool
    skip: list[Stage]
    quotes: Literal["split", "whole"]
    semicolons: bool
    schema: Schema
    format: Literal["text", "markdown"]
    sentences: bool


class ConvertOptions(TypedDict, total=False):
    """Those of the script stage alone."""

    punctuation: Literal["keep", "full"]
    reconvert: bool
    words: dict[str, str]
    protect: list[str]
    mend_boundaries: bool
