"""One function for each stage, trafilatura's argument names, one class of errors, and the command behind ``python -m zonetext``."""

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest
import zonetext
from zonetext import _stages, _trafilatura

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "fixtures/readme/page.html").read_bytes()


@pytest.mark.parametrize("module", [_stages, _trafilatura])
def test_the_examples_of_the_functions_hold(module):
    found = doctest.testmod(module)
    assert found.attempted >= 1 and found.failed == 0


def test_the_page_on_python_holds(tmp_path, monkeypatch):
    text = (ROOT / "docs/python.md").read_text("utf-8")
    (tmp_path / "page.html").write_bytes(PAGE)
    monkeypatch.chdir(tmp_path)
    blocks = text.split("```python\n")[1:]
    assert blocks
    for block in blocks:
        exec(block.split("```")[0], {})  # noqa: S102


def test_the_same_as_the_command(command):
    def printed(*line, page=PAGE):
        run = subprocess.run([command, *line], input=page, capture_output=True, check=True)
        return run.stdout.decode()

    assert zonetext.detect(PAGE) == json.loads(printed("inspect", "-f", "json"))
    explained = [json.loads(line) for line in printed("explain", "-f", "jsonl").splitlines()]
    assert zonetext.explain(PAGE) == explained and explained
    assert zonetext.clean_text(PAGE, format="markdown", frontmatter=True) == printed("clean", "-f", "markdown", "--frontmatter")
    text = "今天天气很好。他走了。"
    assert "\n".join(zonetext.split(text)) + "\n" == printed("split", page=text.encode())
    assert zonetext.decode("今天".encode("gbk")) == printed("decode", page="今天".encode("gbk"))


def test_trafilatura_by_another_import():
    text = zonetext.extract(PAGE)
    assert text.startswith("关了整整三年的老茶馆") and "相关阅读" not in text and "责任编辑" not in text
    assert "红茶" in text and "红茶" not in zonetext.extract(PAGE, include_tables=False)
    assert zonetext.extract(PAGE, output_format="markdown", fast=True).count("|") > 6
    found = json.loads(zonetext.extract(PAGE, url="https://e.cn/1", output_format="json", with_metadata=True))
    assert found["title"] == "老茶馆重新开门" and found["text"].startswith("关了")
    assert zonetext.extract(PAGE, with_metadata=True).startswith("---\ntitle: 老茶馆重新开门\n")
    assert zonetext.extract("") is None and zonetext.extract(None) is None
    assert zonetext.extract(b"\x89PNG\r\n\x1a\n" + bytes(200)) is None
    assert zonetext.extract(PAGE, target_language="fr") is None
    assert zonetext.extract(PAGE, url="https://e.cn/1", url_blacklist={"https://e.cn/1"}) is None
    with pytest.raises(zonetext.OptionError, match="try txt"):
        zonetext.extract(PAGE, output_format="xmltei")


def test_wrong_options_are_one_class():
    for options in [{"too": "s"}, {"to": "zz"}, {"max_bytes": "many"}, {"keep": ["title"], "drop": ["title"]}]:
        with pytest.raises(zonetext.OptionError):
            zonetext.clean("a", **options)


def test_the_module_is_the_command(command):
    line = [sys.executable, "-m", "zonetext", "repair"]
    path = str(Path(command).parent)
    run = subprocess.run(line, input="項目論證專家?guī)?,突出產(chǎn)業(yè)招商".encode(), capture_output=True, env={"PATH": path}, check=True)
    assert run.stdout.decode() == "項目論證專家庫,突出產業招商"
    run = subprocess.run([*line[:3], "repair", "--to", "s"], capture_output=True, env={"PATH": path})
    assert run.returncode == 2
