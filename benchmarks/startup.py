"""Start-up times as ratios: `.venv/bin/python benchmarks/startup.py`.

Prints how long `archiver --help` and `archiver list` on an empty archive take, as multiples of the time that Python needs
to import the two libraries every command line of this kind stands on. The runs of the three are interleaved and the
smallest of each counts, so a noisy machine moves them alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

ROUNDS = 25
BASELINE = ("-c", "import click, rich.table")
MEASURED = {"--help": ("-m", "archiver", "--help"), "list": ("-m", "archiver", "list")}


def seconds(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Prints one line per command: its name and its ratio."""
    with tempfile.TemporaryDirectory() as archive:
        environment = os.environ | {"ARCHIVER_HOME": archive}
        runs = {"baseline": BASELINE, **MEASURED}
        best = dict.fromkeys(runs, float("inf"))
        for _ in range(ROUNDS):
            for name, arguments in runs.items():
                best[name] = min(best[name], seconds(arguments, environment))
    for name in MEASURED:
        print(f"archiver {name:8} {best[name] / best['baseline']:.2f} times {' '.join(BASELINE)!r}")


if __name__ == "__main__":
    main()
