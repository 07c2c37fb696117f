"""The order of system calls that makes a write durable, as the system saw them (strace): what survives when the power goes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAVE = """
import sys
from pathlib import Path
from archiver.store import Store
from tests.support.archives import keep
with Store.open(Path(sys.argv[1]), create=True) as store:
    keep(store, "https://example.org/first", "First")
    print("begin", flush=True)
    keep(store, "https://example.org/second", "Second")
    print("saved", flush=True)
"""
_CALL = re.compile(r"^(?:\d+ +)?(?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_RENAME = re.compile(r'"(?P<old>[^"]*)".*"(?P<new>[^"]*)"')


@pytest.fixture(scope="module")
def trace(tmp_path_factory):
    """What saving one article did, as pairs of a word and a path relative to the archive: flush, rename, say."""
    if shutil.which("strace") is None:
        pytest.skip("there is no strace")
    folder = tmp_path_factory.mktemp("trace")
    root, log = folder / "archive", folder / "log"
    calls = "fsync,fdatasync,rename,renameat,renameat2,write"
    command = ["strace", "-f", "-y", "-s", "200", "-e", f"trace={calls}", "-o", str(log), sys.executable, "-c", SAVE, str(root)]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": python_path()}, timeout=120
    )
    if "ptrace" in ran.stderr or "PTRACE" in ran.stderr:
        pytest.skip(f"strace is not permitted here: {ran.stderr.strip()[:200]}")
    assert ran.returncode == 0, ran.stderr
    return list(events(log.read_text(errors="replace"), root))


def python_path() -> str:
    import archiver

    return os.pathsep.join([str(Path.cwd()), str(Path(archiver.__file__).parents[1])])


def events(log: str, root: Path):
    begun = False
    for line in log.splitlines():
        match = _CALL.match(line)
        if match is None or int(match["result"]) < 0:
            continue
        call, arguments = match["call"], match["arguments"]
        begun = begun or (call == "write" and '"begin' in arguments)
        if not begun:
            continue
        if call in {"fsync", "fdatasync"}:
            yield "flush", _relative(arguments.partition("<")[2].rpartition(">")[0], root)
        elif call.startswith("rename"):
            names = _RENAME.search(arguments)
            assert names
            yield "rename", f"{_relative(names['old'], root)} -> {_relative(names['new'], root)}"
        elif call == "write" and '"saved' in arguments:
            yield "say", "saved"


def _relative(path: str, root: Path) -> str:
    return path.removeprefix(str(root)).lstrip("/")


@pytest.mark.parametrize("folder", ["captures", "articles"])
def test_content_is_flushed_before_its_rename_and_the_folder_after(trace, folder):
    (place,) = [number for number, (word, what) in enumerate(trace) if word == "rename" and f"-> {folder}/" in what]
    temporary, _, name = trace[place][1].partition(" -> ")
    assert temporary.startswith("tmp/")
    flushed_file, flushed_folder = trace.index(("flush", temporary)), trace.index(("flush", name.rpartition("/")[0]), place)
    assert flushed_file < place < flushed_folder


def test_the_capture_is_safe_before_the_record_is_begun_and_the_record_before_it_is_said(trace):
    words = [
        "capture" if "captures/" in what else "record" if "articles/" in what else word
        for word, what in trace
        if word == "say" or "captures/" in what or "articles/" in what
    ]
    assert words[-1] == "say"
    assert words.index("record") > max(number for number, word in enumerate(words) if word == "capture")


def test_no_temporary_file_takes_its_name_unflushed(trace):
    flushed = set()
    for word, what in trace:
        if word == "flush":
            flushed.add(what)
        elif word == "rename":
            assert what.partition(" -> ")[0] in flushed
