"""Start-up times as ratios: `.venv/bin/python benchmarks/startup.py`.

Prints how long `archiver --help` and `archiver list` on an empty archive take, as multiples of the time that Python needs
to import the two libraries every command line of this kind stands on, and how long the shell waits for the IDs that begin with
a "1", as a multiple of `--help`; `--archive DIR` names an archive for that. The runs are interleaved and the smallest of each
counts, so a noisy machine moves them alike; what counts is processor time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile

ROUNDS = 25
BASELINE = ("-c", "import click, rich.table")
MEASURED = {"--help": ("-m", "archiver", "--help"), "list": ("-m", "archiver", "list")}


COMPLETION = {"_ARCHIVER_COMPLETE": "bash_complete", "COMP_WORDS": "archiver show 1", "COMP_CWORD": "2"}


def seconds(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Processor time of one run."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> None:
    """Prints one line per command: its name and its ratio."""
    parser = argparse.ArgumentParser(description="Start-up times as ratios.")
    parser.add_argument("--archive", metavar="DIR", help="complete IDs of this one; default: an empty one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"ARCHIVER_HOME": empty, "PYTHONPYCACHEPREFIX": f"{empty}/pycache"}
        completing = environment | {"ARCHIVER_HOME": options.archive or empty} | COMPLETION
        runs: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
            "baseline": (BASELINE, environment),
            "completion": (("-m", "archiver"), completing),
        }
        runs |= {name: (arguments, environment) for name, arguments in MEASURED.items()}
        best = dict.fromkeys(runs, float("inf"))
        for _ in range(ROUNDS):
            for name, run in runs.items():
                best[name] = min(best[name], seconds(*run))
    for name in MEASURED:
        print(f"archiver {name:8} {best[name] / best['baseline']:.2f} times {' '.join(BASELINE)!r}")
    print(f"completion of an ID {best['completion'] / best['--help']:.2f} times archiver --help")


if __name__ == "__main__":
    main()
