"""The package beside the command: the same options, the same records."""

import base64
import json
import subprocess
import threading

import pytest
import zonetext
from conftest import RECORDS, pages, same

CHOICES = [
    ({}, []),
    ({"verb": "extract"}, ["extract"]),
    ({"to": "s", "drop": ["title", "captions"]}, ["--to", "s", "--drop", "title,captions"]),
    ({"to": "tw", "skip": ["split"], "punctuation": "full"}, ["--to", "tw", "--skip", "split", "--punctuation", "full"]),
    ({"quotes": "whole", "semicolons": True, "schema": "dolma"}, ["--quotes", "whole", "--semicolons", "--schema", "dolma"]),
    ({"input": "text", "charset": "big5", "keep": ["headings"]}, ["--input", "text", "--charset", "big5", "--keep", "headings"]),
]


@pytest.mark.parametrize("options, flags", CHOICES)
def test_a_page_is_what_the_command_makes_of_it(command, options, flags):
    verb, flags = (flags[0], flags[1:]) if flags and not flags[0].startswith("-") else ("clean", flags)
    for page in pages():
        output = subprocess.run([command, verb, "-q", "-f", "json", *flags], input=page, capture_output=True).stdout
        assert zonetext.clean(page, **options) == json.loads(output)


@pytest.mark.parametrize("options, flags", [({}, []), ({"sentences": True}, ["--sentences"]), ({"format": "markdown"}, ["-f", "markdown"])])
def test_text_is_what_the_command_prints(command, options, flags):
    for page in pages():
        output = subprocess.run([command, "clean", "-q", *flags], input=page, capture_output=True).stdout
        assert zonetext.clean_text(page, **options) == output.decode()


def test_records_are_those_of_the_stream(records, expected):
    lines = [json.loads(line) for line in open(records / "pages.jsonl")]
    same(zonetext.clean_records(lines), expected)
    assert zonetext.clean_records([]) == []


def test_what_is_no_page_gives_an_error_record():
    found = zonetext.clean_records([{"id": 5}, {"html": None, "text": "好。", "数": [1, None]}, {"html_b64": "%"}])
    assert [record["zt"]["status"] for record in found] == ["error", "ok", "error"]
    assert [record["id"] for record in found[:1]] == [5]
    assert found[1]["metadata"] == {"数": [1, None]}
    assert all(record["text"] == "" for record in (found[0], found[2]))


def test_wrong_options_raise_and_say_what_is_right():
    with pytest.raises(TypeError, match="unknown option too"):
        zonetext.clean("a", too="s")
    with pytest.raises(ValueError, match="try clean, decode"):
        zonetext.clean("a", verb="wash")
    with pytest.raises(ValueError, match="nearest"):
        zonetext.clean("a", to="t2w")
    with pytest.raises(TypeError, match="wrong type"):
        zonetext.clean("a", max_bytes="many")
    with pytest.raises(TypeError, match="bytes or str"):
        zonetext.clean(5)
    with pytest.raises(ValueError, match="exclude"):
        zonetext.clean("a", keep=["title"], drop=["title"])


def test_threads_share_a_cleaner():
    page = "<p>今天天气很好。</p>".encode("gb18030")
    wanted = zonetext.clean(page, to="t")
    found = []
    threads = [threading.Thread(target=lambda: found.extend(zonetext.clean(page, to="t") for _ in range(200))) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert found == [wanted] * 800


def test_a_batch_keeps_rows_and_columns(records, expected):
    pa = pytest.importorskip("pyarrow")
    lines = [json.loads(line) for line in open(records / "pages.jsonl")]
    found = zonetext.clean_batch(pa.RecordBatch.from_pylist(lines))
    assert found.num_rows == RECORDS
    assert found.schema == zonetext.arrow_schema(pa.schema([("note", pa.int64())]))
    same(found.to_pylist(), expected)


def test_a_batch_takes_bytes_text_and_nulls():
    pa = pytest.importorskip("pyarrow")
    pages = pa.array(["<p>中文。</p>".encode("gb18030"), None, b""], pa.binary())
    texts = pa.array(["不看", "看看。", None])
    table = pa.table({"html": pages, "text": texts, "id": [1, 2, 3]})
    found = zonetext.clean_batch(table).to_pylist()
    assert [(r["id"], r["text"], r["zt"]["status"]) for r in found] == [
        ("1", "中文。", "ok"),
        ("2", "看看。", "ok"),
        ("3", "", "empty"),
    ]
    assert zonetext.clean_batch(table.slice(0, 0)).num_rows == 0
    with pytest.raises(ValueError, match="schema"):
        zonetext.clean_batch(table, schema="dolma")


def test_the_schema_is_the_commands(command):
    printed = subprocess.run([command, "schema"], capture_output=True, check=True).stdout
    assert json.loads(zonetext.SCHEMA) == json.loads(printed)


def test_base64_with_white_space_is_read():
    coded = base64.b64encode("<p>好。</p>".encode()).decode() + "\n"
    assert zonetext.clean_records([{"html_b64": coded}])[0]["text"] == "好。"


def test_only_wrong_options_raise():
    odd = [None, 7, "x", [], {"html": 7}, {"html_b64": 7}, {"text": "好。", "url": 7}, {"text": "好。", "id": {1, 2}}]
    odd += [{"text": "好。", "x": float("nan")}, {"text": "好。", "x": b"y"}, {}]
    found = zonetext.clean_records([{"text": "一。", "id": 1}, *odd, {"text": "二。", "id": 2}])
    assert [found[0]["text"], found[-1]["text"]] == ["一。", "二。"]
    assert [record["zt"]["status"] for record in found[1:-1]] == ["error"] * len(odd)
    assert {record["zt"]["error"]["code"] for record in found[1:-1]} == {"type"}
    with pytest.raises(TypeError):
        zonetext.clean_text(7)


def test_a_lone_surrogate_is_flagged_as_the_command_does(command):
    record = {"id": "a\ud800", "text": "今天\udc00天气。\ud83d\ude00", "x": "\udfff"}
    ours = zonetext.clean_records([record])[0]
    given = json.dumps(record).encode()
    theirs = json.loads(subprocess.run([command, "clean", "--input", "jsonl"], input=given, capture_output=True, check=True).stdout)
    assert (ours["text"], ours["id"], ours["metadata"]) == (theirs["text"], theirs["id"], theirs["metadata"])
    assert ours["zt"]["surrogates"] == theirs["zt"]["surrogates"] == 3


def test_base64_of_all_sorts_is_read():
    page = "<p>今天天气很好??>~。</p>".encode() * 3
    coded = base64.b64encode(page).decode()
    wrapped = "\r\n".join(coded[at : at + 20] for at in range(0, len(coded), 20))
    for form in (coded, coded.rstrip("="), wrapped, base64.urlsafe_b64encode(page).decode().rstrip("="), coded.encode()):
        assert "今天天气很好" in zonetext.clean_records([{"html_b64": form}])[0]["text"], form
