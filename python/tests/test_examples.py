"""The examples, run for real: counts equal, order kept, output equal to the command's, one broken record among 5,000."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import RECORDS, same

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def run(example, needs, command, *arguments):
    if importlib.util.find_spec(needs) is None:
        pytest.skip(f"{needs} is not installed")
    found = {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "PYSPARK_PYTHON": sys.executable}
    found |= {"RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0", "DO_NOT_TRACK": "1"}
    done = subprocess.run([sys.executable, EXAMPLES / example, *arguments], env=os.environ | found, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]


def rows(folder):
    parquet = pytest.importorskip("pyarrow.parquet")
    files = sorted(Path(folder).rglob("*.parquet"))
    assert files
    return [row for file in files for row in parquet.read_table(file).to_pylist()]


def test_spark_pipe(command, records, expected, tmp_path):
    run("spark_pipe.py", "pyspark", command, records / "pages.jsonl", tmp_path / "out")
    parts = sorted((tmp_path / "out").glob("part-*"))
    assert len(parts) >= 2
    same([json.loads(line) for part in parts for line in part.read_text().split("\n")[:-1]], expected)


def test_spark_arrow(command, records, expected, tmp_path):
    run("spark_arrow.py", "pyspark", command, records / "pages.jsonl", tmp_path / "out")
    same(rows(tmp_path / "out"), expected)


def test_ray(command, records, expected, tmp_path):
    run("ray_batches.py", "ray", command, records / "pages.jsonl", tmp_path / "out")
    same(rows(tmp_path / "out"), expected)


def test_daft(command, records, expected, tmp_path):
    run("daft_column.py", "daft", command, records / "pages.jsonl", tmp_path / "out.parquet")
    found = rows(tmp_path)
    same([dict(row["record"], metadata={"note": row["note"]}) for row in found], expected)


def test_datatrove(command, records, expected, tmp_path):
    run("datatrove_step.py", "datatrove", command, records, tmp_path / "out")
    [file] = (tmp_path / "out").glob("*.jsonl")
    found = [json.loads(line) for line in file.read_text().split("\n")[:-1]]
    # Its reader leaves out records whose page is empty, its writer keys whose value is.
    pages = [json.loads(line)["html_b64"] for line in open(records / "pages.jsonl")]
    wanted = [record for record, page in zip(expected, pages, strict=True) if page]
    assert [(r["id"], r.get("text", ""), r["metadata"]["title"]) for r in found] == [(r["id"], r["text"], r["title"]) for r in wanted]
    assert len(found) > RECORDS * 0.9
