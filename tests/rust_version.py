"""Holds the Rust version in Cargo.toml against those that the dependencies state.

    cargo metadata --format-version 1 | python3 tests/rust_version.py

What the standard library has in which version is watched by clippy (incompatible_msrv).
"""

import json
import sys


def version(text: str) -> tuple[int, ...]:
    return (*map(int, text.split(".")), 0, 0)[:3]


def main() -> None:
    packages = json.load(sys.stdin)["packages"]
    own = next(version(package["rust_version"]) for package in packages if package["source"] is None)
    newer = [f"{p['name']} {p['version']} needs {p['rust_version']}" for p in packages if version(p["rust_version"] or "0") > own]
    print("\n".join(newer) or f"ok   none of {len(packages)} packages needs more than Rust {'.'.join(map(str, own))}")
    sys.exit(bool(newer))


if __name__ == "__main__":
    main()
