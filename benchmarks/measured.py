"""What a run of a program costs, seen by a small process of its own.

Linux counts to a program's greatest memory what its parent had when it started it, so a parent that is large itself would be
what is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAUNCHER = """
import os, subprocess, sys, time
began = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)
"""


@dataclass(frozen=True)
class Ran:
    """What a program cost, with the processes that it started; `megabytes` are its own, at most."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    code: int


def ran(command: Sequence[str], given: str | None = None) -> Ran:
    """Runs `command`, with `given` on its standard input. Its modules are compiled once, as those of an installation are."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command]
    told = subprocess.run(launcher, input=given, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, cpu_seconds, megabytes, code = told.split()
    return Ran(float(seconds), float(cpu_seconds), float(megabytes), int(code))
