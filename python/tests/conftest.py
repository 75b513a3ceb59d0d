"""The command beside the package, and 5,000 records of which one is broken."""

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECORDS = 5_000


@pytest.fixture(scope="session")
def command() -> Path:
    path = Path(os.environ.get("ZONETEXT", ROOT / "target/release/zonetext"))
    if not path.exists():
        pytest.skip(f"no command at {path} (cargo build --release, or set ZONETEXT)")
    return path


def pages() -> list[bytes]:
    """The project's own fixtures, raw bytes in many charsets."""
    found = sorted(ROOT.glob("fixtures/extract/html/*/input.html")) + sorted(ROOT.glob("fixtures/pages/*/input.txt"))
    found += sorted(ROOT.glob("fixtures/decode/*/input*"))
    assert len(found) > 50, "the fixtures are there"
    return [path.read_bytes() for path in found]


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of records: id, html_b64, note."""
    folder = tmp_path_factory.mktemp("records")
    all = pages()
    with open(folder / "pages.jsonl", "w") as file:
        for number in range(RECORDS):
            coded = base64.b64encode(all[number % len(all)]).decode()
            record = {"id": f"r{number:05}", "html_b64": coded if number != 1_234 else "%%%", "note": number}
            print(json.dumps(record), file=file)
    return folder


@pytest.fixture(scope="session")
def expected(command: Path, records: Path) -> list[dict]:
    """What the command makes of the records."""
    with open(records / "pages.jsonl", "rb") as file:
        arguments = [command, "clean", "--input", "jsonl", "-f", "jsonl"]
        output = subprocess.run(arguments, stdin=file, capture_output=True, check=True).stdout
    found = [json.loads(line) for line in output.decode().splitlines()]
    assert len(found) == RECORDS
    assert [record["id"] for record in found if record["zt"]["status"] == "error"] == ["r01234"]
    return found


def plain(record: dict) -> dict:
    """A record without what Arrow adds: nulls for absent keys, maps as pairs. A failed record's hash is that of its line or of its
    page, whichever the reader had."""
    maps = {key: dict(record["zt"][key]) for key in ("repairs", "left") if record["zt"].get(key)}
    state = {**record["zt"], "repairs": {}, **maps}
    record = {key: value for key, value in record.items() if key != "comments" or value is not None}
    if state["status"] == "error":
        del state["sha1"]
    return {**record, "blocks": _without_nulls(record["blocks"]), "zt": _without_nulls(state)}


def same(found: list[dict], expected: list[dict]) -> None:
    """Fail with the first record that differs: pytest's own difference of two lists of 5,000 records takes over ten minutes."""
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        one, other = plain(one), plain(other)
        if one != other:
            keys = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
            pytest.fail("\n".join(f"{one['id']} {key}: {str(one.get(key))[:300]} is not {str(other.get(key))[:300]}" for key in keys))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value] if isinstance(value, list) else value
