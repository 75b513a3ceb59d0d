"""``python -m zonetext`` is the command ``zonetext``: the program beside this Python, or the first on the path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig


def main() -> int:
    """Runs the program with the same arguments, and ends as it ends."""
    beside = sysconfig.get_path("scripts")
    program = shutil.which("zonetext", path=beside) or shutil.which("zonetext")
    if program is None:
        print("zonetext: the command is not installed (try `cargo install --path .` in a checkout)", file=sys.stderr)
        return 2
    if os.name == "posix":
        os.execv(program, [program, *sys.argv[1:]])
    return subprocess.call([program, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
