"""Records under other tools' names, read by those tools."""

import json
import subprocess

import pytest


def under(schema, command, records, tmp_path):
    out = tmp_path / schema
    out.mkdir()
    with open(records / "pages.jsonl", "rb") as source, open(out / "out.jsonl", "wb") as target:
        arguments = [command, "clean", "--input", "jsonl", "-f", "jsonl", "--schema", schema]
        subprocess.run(arguments, stdin=source, stdout=target, check=True)
    return out


def test_datatrove_reads_it(command, records, expected, tmp_path):
    readers = pytest.importorskip("datatrove.pipeline.readers", reason="datatrove is not installed")
    folder = under("datatrove", command, records, tmp_path)
    found = list(readers.JsonlReader(str(folder), add_file_path=False).run())
    # datatrove leaves out documents without text.
    wanted = [record for record in expected if record["text"]]
    assert [(d.id, d.text) for d in found] == [(r["id"], r["text"]) for r in wanted]
    assert [d.metadata["title"] for d in found] == [r["title"] for r in wanted]


def test_dolma_reads_it(command, records, expected, tmp_path):
    types = pytest.importorskip("dolma.core.data_types", reason="dolma is not installed")
    msgspec = pytest.importorskip("msgspec")
    decoder = msgspec.json.Decoder(types.InputSpecWithMetadata)
    folder = under("dolma", command, records, tmp_path)
    found = [decoder.decode(line) for line in open(folder / "out.jsonl", "rb")]
    assert [(d.id, d.text) for d in found] == [(r["id"], r["text"]) for r in expected]


@pytest.mark.parametrize("schema", ["zonetext", "datatrove", "dolma", "oscar", "trafilatura"])
def test_arrow_and_pandas_read_it(schema, command, records, expected, tmp_path):
    arrow = pytest.importorskip("pyarrow.json", reason="pyarrow is not installed")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    file = under(schema, command, records, tmp_path) / "out.jsonl"
    key = "content" if schema == "oscar" else "text"
    texts = [record["text"] for record in expected]
    assert arrow.read_json(file, read_options=arrow.ReadOptions(block_size=64 << 20))[key].to_pylist() == texts
    assert pandas.read_json(file, lines=True)[key].tolist() == texts


def test_trafilatura_has_the_same_keys(command, records, tmp_path):
    trafilatura = pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    page = "<html><title>标题</title><body><article><h1>标题</h1>" + "<p>今天天气很好，我们去公园散步，看见了很多花。</p>" * 9
    theirs = json.loads(trafilatura.extract(page, output_format="json", with_metadata=True))
    ours = json.loads(open(under("trafilatura", command, records, tmp_path) / "out.jsonl").readline())
    assert set(theirs) <= set(ours), set(theirs) - set(ours)
