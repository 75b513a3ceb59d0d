#!/usr/bin/env python3
"""Holds `zonetext script --to CONFIG` against OpenCC 1.4.2 itself, byte for byte, for all sixteen configs.

    python3 tests/script/oracle.py [--binary target/release/zonetext] [--megabytes 3] [TEXT ...]

The oracle is the Python wheel opencc==1.4.2, installed in a virtual environment of its own (target/oracle). Texts: those
named, or those of the optional folder ../shared/data/text, or else the dictionaries' own files. Each is read as it is and, so that the configs from Traditional,
Taiwan, Hong Kong and Japanese forms have something to do, as OpenCC itself converts it to the form a config starts from.
Where Python's venv or the registry is missing it says "skipped" and ends with status 0; a difference is status 1.
"""
import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
VENV = ROOT / "target" / "oracle"
# The configs, each with what brings Simplified text to the form it starts from.
CONFIGS = {
    "s2t": [], "s2tw": [], "s2twp": [], "s2hk": [], "s2hkp": [],
    "t2s": ["s2t"], "t2tw": ["s2t"], "t2hk": ["s2t"], "t2jp": ["s2t"],
    "tw2s": ["s2tw"], "tw2t": ["s2tw"], "tw2sp": ["s2twp"],
    "hk2s": ["s2hk"], "hk2t": ["s2hk"], "hk2sp": ["s2hkp"],
    "jp2t": ["s2t", "t2jp"],
}


def skip(why):
    print(f"skipped: {why}")
    sys.exit(0)


def inside_venv():
    """Runs this script again with the Python that has the wheel."""
    python = VENV / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True, capture_output=True)
        if subprocess.run([python, "-c", "import opencc"], capture_output=True).returncode:
            subprocess.run([python, "-m", "pip", "install", "-q", "opencc==1.4.2"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        skip(f"cannot install opencc==1.4.2 ({error})")
    sys.exit(subprocess.run([python, __file__, "--inside", *sys.argv[1:]]).returncode)


def texts(paths, megabytes):
    paths = paths or sorted((ROOT.parent / "shared" / "data" / "text").glob("*.txt"))
    paths = paths or sorted((ROOT / "tables" / "script" / "opencc").glob("*.txt"))
    for path in map(pathlib.Path, paths):
        raw = path.read_bytes()[: int(megabytes * 1e6)]
        # NUL ends a text for OpenCC, and half a character at the cut is no text.
        text = raw.decode("utf-8", "ignore").replace("\0", "").replace("\r", "")
        yield path.name, text[: text.rfind("\n") + 1] or text


def compare(binary, config, name, text, expected):
    source = VENV / "input.txt"
    source.write_text(text, encoding="utf-8", newline="")
    command = [binary, "script", "--input", "text", "--to", config, str(source)]
    got = subprocess.run(command, check=True, capture_output=True).stdout
    if got == expected.encode():
        return 0
    wrong = 0
    for one, two, three in zip(text.split("\n"), got.decode().split("\n"), expected.split("\n")):
        if two != three:
            wrong += 1
            if wrong <= 3:
                print(f"  {config} {name}\n    in       {one}\n    zonetext {two}\n    opencc   {three}")
    return wrong or 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "zonetext"))
    parser.add_argument("--megabytes", type=float, default=3, help="of each text")
    parser.add_argument("texts", nargs="*")
    choice = parser.parse_args()
    if not pathlib.Path(choice.binary).exists():
        skip(f"no binary at {choice.binary} (cargo build --release)")
    if not choice.inside:
        inside_venv()
    import opencc

    converters = {config: opencc.OpenCC(config) for config in CONFIGS}
    wrong = total = 0
    for name, plain in texts(choice.texts, choice.megabytes):
        for config, before in CONFIGS.items():
            forms = [plain]
            if before:
                form = plain
                for step in before:
                    form = converters[step].convert(form)
                forms.append(form)
            for text in forms:
                total += len(text.encode())
                wrong += compare(choice.binary, config, name, text, converters[config].convert(text))
    print(f"{total / 1e6:.1f} MB through {len(CONFIGS)} configs: {wrong} lines differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
