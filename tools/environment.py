"""The project's own environment, `.venv`, made with the standard library alone.

Shared by `demo.py` and `check.py`; both run on a machine that has Python 3.11 or newer and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14")


def program(name: str) -> str:
    """The path of the program `name` inside the environment."""
    return str(ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name))


def prepare(extras: str = "") -> None:
    """Makes `.venv` where there is none and installs the project into it, editable; ends the run where that fails.

    Args:
        extras: the optional dependencies to install, such as "[dev]".
    """
    if not _works(Path(program("python")), "import pip, sys"):
        _create()
    print(f"Installing archiver{extras} into {ENVIRONMENT.relative_to(ROOT)} …", flush=True)
    install = [program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f".{extras}"]
    if subprocess.run(install, cwd=ROOT, check=False).returncode:
        sys.exit("Installing failed; the lines above say why. Is the network there? Running this again goes on from here.")


def _create() -> None:
    python = _interpreter()
    print(f"Making the environment {ENVIRONMENT.relative_to(ROOT)} …", flush=True)
    if subprocess.run([python, "-m", "venv", "--clear", ENVIRONMENT], check=False).returncode:
        sys.exit(f"{python} cannot make environments. On Debian and Ubuntu: apt install python3-venv. Then run this again.")


def _interpreter() -> str:
    """A Python that is new enough: the running one, else the first on PATH."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in CANDIDATES:
        found = shutil.which(name)
        if found and _works(Path(found)):
            return found
    wanted = ".".join(map(str, OLDEST))
    running = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"archiver needs Python {wanted} or newer; this is Python {running}, and no newer one is on PATH.")


def _works(python: Path, imports: str = "import sys") -> bool:
    """Whether `python` runs, is new enough and can do `imports`."""
    if not python.exists():
        return False
    code = f"{imports}; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([python, "-c", code], check=False, stderr=subprocess.DEVNULL).returncode == 0
