"""Sets up the environment and runs every check: `python3 tools/check.py`.

Each check runs even when an earlier one failed, so one run shows everything; the exit code is 0 only when all passed.
"""

from __future__ import annotations

import subprocess
import sys

from environment import ROOT, prepare, program

CHECKS = (
    ("lint", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("layers", ["lint-imports", "--no-cache"]),
    ("quality floors", ["python", "benchmarks/quality.py", "--floors"]),
    ("site", ["python", "tools/site.py"]),
    ("tests", ["pytest", "-q"]),
)


def main() -> int:
    """The exit code: 0 when every check passed, else 1."""
    prepare("[dev]")
    failed = []
    for name, (command, *arguments) in CHECKS:
        print(f"\n== {name}: {' '.join([command, *arguments])}", flush=True)
        if subprocess.run([program(command), *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
