"""``extract`` with the argument names of ``trafilatura.extract``, so that a script changes one import.

What only tunes trafilatura's own search (``fast``, ``no_fallback``, ``favor_precision``, ``favor_recall``, ``config``, ``settingsfile``,
``options``, ``max_tree_size``, ``date_extraction_params``, ``deduplicate``) is taken and has no effect. What would change the answer and cannot
be done raises :class:`OptionError`.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from ._cleaner import OptionError, cleaner


def extract(
    filecontent: bytes | str | None,
    url: str | None = None,
    record_id: str | None = None,
    fast: bool = False,
    no_fallback: bool = False,
    favor_precision: bool = False,
    favor_recall: bool = False,
    include_comments: bool = True,
    output_format: str = "txt",
    tei_validation: bool = False,
    target_language: str | None = None,
    include_tables: bool = True,
    include_images: bool = False,
    include_formatting: bool = False,
    include_links: bool = False,
    deduplicate: bool = False,
    date_extraction_params: dict[str, Any] | None = None,
    with_metadata: bool = False,
    only_with_metadata: bool = False,
    max_tree_size: int | None = None,
    url_blacklist: Collection[str] | None = None,
    author_blacklist: Collection[str] | None = None,
    settingsfile: str | None = None,
    prune_xpath: Any = None,
    config: Any = None,
    options: Any = None,
) -> str | None:
    """The main text of a page, or ``None`` where there is none.

    >>> extract("<h1>茶馆</h1><p>老茶馆昨天重新开门，门前排起了长队。</p>")
    '老茶馆昨天重新开门，门前排起了长队。'
    """
    if output_format not in ("txt", "markdown", "json"):
        raise OptionError(f"output_format={output_format!r} cannot be written (try txt, markdown, json)")
    if prune_xpath is not None or tei_validation:
        raise OptionError("prune_xpath and tei_validation have no counterpart here")
    if filecontent is None or not filecontent:
        return None
    drop = ["title", *([] if include_tables else ["tables"]), *([] if include_links else ["links"])]
    if not include_images:
        drop.append("images")
    wanted = {"verb": "clean", "skip": ["repair", "script", "split"], "drop": drop, "url": url}
    row = (filecontent, None, json.dumps(record_id) if record_id else None, url, None, None, 0, None)
    record: dict[str, Any] = json.loads(cleaner(wanted).records([row])[0])
    metadata = all(record[key] for key in ("title", "published", "url"))
    unwanted = record["url"] in (url_blacklist or ()) or (only_with_metadata and not metadata)
    language = target_language is not None and record["language"] not in (None, target_language)
    if not record["text"] or record["zt"]["status"] == "error" or unwanted or language:
        return None
    record["author"] = [name for name in record["author"] if name not in (author_blacklist or ())]
    if output_format == "json":
        return cleaner({**wanted, "schema": "trafilatura"}).records([row])[0]
    markdown = output_format == "markdown" or include_formatting or include_links or include_images
    text = cleaner({**wanted, "format": "markdown"}).text(filecontent) if markdown else record["text"]
    header = _header(record) if with_metadata else ""
    return header + text.rstrip("\n")


def _header(record: dict[str, Any]) -> str:
    """The metadata between lines of hyphens, as trafilatura writes them."""
    pairs = [("title", record["title"]), ("author", "; ".join(record["author"])), ("url", record["url"])]
    pairs += [("sitename", record["site"]), ("date", record["published"]), ("description", record["description"])]
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs if value) + "---\n"
