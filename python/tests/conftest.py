"""The command beside the package, and 5,000 records of which one is broken."""

import base64
import json
import os
import subprocess
from pathlib import Path

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
    state = dict(record["zt"], repairs=dict(record["zt"]["repairs"]))
    if state["status"] == "error":
        del state["sha1"]
    state = {key: value for key, value in state.items() if value is not None}
    return {**record, "zt": state, "blocks": sparse(record["blocks"])}


def sparse(value):
    """Without nulls."""
    if isinstance(value, dict):
        return {key: sparse(inner) for key, inner in value.items() if inner is not None}
    return [sparse(inner) for inner in value] if isinstance(value, list) else value
