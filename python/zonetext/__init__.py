"""Raw Chinese web pages in, clean text out.

``clean`` takes one page and gives one record, a dictionary as the command line writes it with ``-f json``.
``clean_records`` is the record stream, ``clean_batch`` the same for Arrow: as many out as in, in their order, whatever comes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from ._cleaner import OptionError, cleaner
from ._options import Options
from ._stages import convert, decode, detect, explain, repair, split
from ._trafilatura import extract
from ._zonetext import SCHEMA, Cleaner, __version__

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._zonetext import Row

__all__ = [
    "SCHEMA",
    "Cleaner",
    "OptionError",
    "Options",
    "__version__",
    "arrow_schema",
    "clean",
    "clean_batch",
    "clean_records",
    "clean_text",
    "cleaner",
    "convert",
    "decode",
    "detect",
    "explain",
    "extract",
    "repair",
    "split",
]


def clean(page: bytes | str, *, id: str | None = None, **options: Unpack[Options]) -> dict[str, Any]:
    """Clean one page.

    ``page`` is the page's bytes, or text that somebody has decoded. ``options`` are the command line's flags with ``_`` for
    ``-``: ``to="s"``, ``skip=["repair"]``, ``charset="gbk"``; lists are lists. A page that fails gives a record whose
    ``zt.status`` is ``"error"``; only wrong options raise, and what is no page at all.
    """
    if not isinstance(page, str | bytes | bytearray):
        raise TypeError(f"a page is bytes or str, not {type(page).__name__}")
    record: dict[str, Any] = json.loads(cleaner(options).records([_row(page, None, id)])[0])
    return record


def clean_text(page: bytes | str, **options: Unpack[Options]) -> str:
    """Clean one page and give its text, a line for each block, as ``zonetext clean`` prints it.

    ``sentences=True`` gives a line for each sentence, ``format="markdown"`` Markdown. Cheaper than a record.
    """
    without: dict[str, Any] = {} if options.get("sentences") else {"skip": ["split"]}
    return cleaner({**without, **options}).text(page)


def clean_records(records: Iterable[Mapping[str, Any]], **options: Unpack[Options]) -> list[dict[str, Any]]:
    """Clean records as the record stream does; as many as came in, in their order.

    The page is the first of ``html_b64``, ``html`` (``str`` or ``bytes``) and ``text`` that is there and not ``None``; ``id``,
    ``url`` and ``charset`` are read too. Unknown keys come back untouched under ``metadata``. What is no record, or has a value of the
    wrong type, gives a record whose ``zt.status`` is ``"error"``; only wrong options raise.
    """
    rows = []
    for record in records:
        if not isinstance(record, Mapping):
            rows.append(_row(None, None, error=f"a record is a mapping, not {type(record).__name__}"))
            continue
        page, form = _page(*(record.get(name) for name in _PAGE))
        unknown = {name: value for name, value in record.items() if name not in _READ}
        rows.append(_row(page, form, record.get("id"), record.get("url"), record.get("charset"), unknown))
    return [json.loads(line) for line in cleaner(options).records(rows)]


def _row(
    page: Any, form: str | None, id: Any = None, url: Any = None, charset: Any = None, unknown: Any = None, error: str | None = None
) -> Row:
    """What the cleaner takes for one input: page, form, id, url, charset, metadata, lone surrogates, and what is wrong with it."""
    if form == "base64" and isinstance(page, bytes | bytearray):
        page = bytes(page).decode("latin-1")
    texts: list[Any] = [page]
    if form is not None and page is not None and not isinstance(page, str | bytes | bytearray):
        error = error or f"{'html_b64' if form == 'base64' else form} is not a string"
    for name, value in (("url", url), ("charset", charset)):
        if value is not None and not isinstance(value, str):
            value, error = None, error or f"{name} is not a string"
        texts.append(value)
    for name, value in (("id", id), ("a value of another key", unknown or None)):
        try:
            texts.append(None if value is None else json.dumps(value, ensure_ascii=False, allow_nan=False))
        except (TypeError, ValueError, RecursionError):
            texts.append(None)
            error = error or f"{name} is no JSON"
    surrogates = 0
    for number, text in enumerate(texts):
        if isinstance(text, str) and not text.isascii():
            texts[number], count = _sound(text)
            surrogates += count
    page, url, charset, id, metadata = texts
    return cast("Row", (page, form, id, url, charset, metadata, surrogates, error))


def _sound(text: str) -> tuple[str, int]:
    """A text with U+FFFD for each half of a surrogate pair, and how many there were."""
    try:
        text.encode()
        return text, 0
    except UnicodeEncodeError:
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        lone = sum("\ud800" <= c <= "\udfff" for c in whole)
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in whole), lone


def clean_batch(batch: Any, **options: Unpack[Options]) -> Any:
    """Clean an Arrow record batch (or table).

    The page of a row is the first of ``html_b64`` (base64), ``html`` (binary: raw bytes; string: decoded) and ``text`` that
    is there and not null; ``id``, ``url`` and ``charset`` are read too. All other columns come back untouched as fields of
    ``metadata``. The columns of the result are those of :func:`arrow_schema`. The interpreter's lock is free meanwhile.
    """
    import pyarrow as pa

    if options.get("schema", "zonetext") != "zonetext":
        raise ValueError("clean_batch has the columns of zonetext/1 (rename columns instead of giving schema)")
    if isinstance(batch, pa.Table):
        batches = [clean_batch(part, **options) for part in batch.to_batches()]
        return pa.Table.from_batches(batches, schema=arrow_schema(batch.schema))
    schema = arrow_schema(batch.schema)
    records = [json.loads(line) for line in cleaner(options).records(_rows(batch))]
    columns = [pa.array(_values(records, field), type=field.type) for field in schema if field.name != "metadata"]
    if "metadata" in schema.names:
        columns.insert(schema.get_field_index("metadata"), _metadata(batch, schema.field("metadata").type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


_PAGE = ("html_b64", "html", "text")
_READ = (*_PAGE, "id", "url", "charset")


def _rows(batch: Any) -> list[Row]:
    """What the cleaner takes: page, form, id, url, charset, metadata (which Arrow keeps as columns)."""
    names = set(batch.schema.names)
    columns = (batch.column(name).to_pylist() if name in names else [None] * batch.num_rows for name in _READ)
    return [
        _row(*_page(coded, html, text), id, url, charset)
        for coded, html, text, id, url, charset in zip(*columns, strict=True)
    ]


def _page(coded: Any, html: Any, text: Any) -> tuple[Any, str | None]:
    """The page of a row and what it is: the first that is there, as in the record stream."""
    if coded is not None:
        return coded, "base64"
    return (html, "html") if html is not None else (text, "text")


def _values(records: list[dict[str, Any]], field: Any) -> list[Any]:
    if field.name == "zt":
        for record in records:
            record["zt"].update({key: list(record["zt"][key].items()) for key in ("repairs", "left") if key in record["zt"]})
    if field.name == "id":
        return [record["id"] if isinstance(record["id"], str) else json.dumps(record["id"]) for record in records]
    return [record.get(field.name) for record in records]


def _metadata(batch: Any, type: Any) -> Any:
    import pyarrow as pa

    return pa.StructArray.from_arrays([batch.column(field.name) for field in type], fields=list(type))


def arrow_schema(input: Any = None) -> Any:
    """The columns that :func:`clean_batch` gives for an input with this Arrow schema: the record ``zonetext/1``.

    Without columns of its own the input has no ``metadata``: Parquet cannot hold a struct without fields.
    """
    import pyarrow as pa

    known = [] if input is None else [field for field in input if field.name not in _READ]
    text, count, span = pa.string(), pa.int64(), pa.list_(pa.int64())
    error = pa.struct([("code", text), ("stage", text), ("message", text)])
    state = [("version", text), ("status", text), ("error", error), ("limit", text), ("charset", text), ("charset_from", text)]
    state += [("undecodable", count), ("surrogates", count), ("page", text), ("confidence", pa.float64())]
    selected = [("field", text), ("selector", text), ("elements", count)]
    guessed = [("span", span), ("certainty", count)]
    state += [("selected", pa.list_(pa.struct(selected))), ("repairs", pa.map_(text, count)), ("left", pa.map_(text, count))]
    state += [("guessed", pa.list_(pa.struct(guessed))), ("script_to", text), ("chars_in", count), ("chars", count)]
    state += [("sha1", text), ("simhash", text)]
    columns = [("id", text), ("text", text), ("source", text), ("url", text), ("file_path", text), ("title", text)]
    columns += [("author", pa.list_(text)), ("site", text), ("published", text), ("tags", pa.list_(text))]
    columns += [("description", text), ("language", text), ("script", text)]
    within = [("kind", text), ("list", count), ("ordered", pa.bool_()), ("number", count), ("label", text), ("done", pa.bool_()), ("callout", text)]
    within += [("author", text), ("date", text)]
    cell = [("span", span), ("row", count), ("column", count), ("row_span", count), ("column_span", count), ("header", pa.bool_())]
    mark = [("kind", text), ("span", span), ("target", text), ("text", text), ("label", text)]
    block = [("kind", text), ("span", span), ("level", count), ("language", text), ("within", pa.list_(pa.struct(within)))]
    block += [("columns", count), ("header_rows", count), ("cells", pa.list_(pa.struct(cell))), ("marks", pa.list_(pa.struct(mark)))]
    comment = [("author", text), ("date", text), ("span", span)]
    columns += [("blocks", pa.list_(pa.struct(block))), ("comments", pa.list_(pa.struct(comment))), ("sentences", pa.list_(span))]
    columns += [("metadata", pa.struct(known))] if known else []
    columns += [("zt", pa.struct(state))]
    return pa.schema(columns)
