"""The lines of docs/cron.md do what they say."""

from __future__ import annotations

import configparser
import dataclasses
import os
import plistlib
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.tasks.syncing.summary import Summary

DOCUMENT = (Path(__file__).parents[1] / "docs" / "cron.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCUMENT, flags=re.DOTALL)


def blocks(kind):
    found = [text for name, text in BLOCKS if name == kind]
    assert found
    return found


def crontab_lines():
    return [line for text in blocks("crontab") for line in text.splitlines() if line[:1] in "*0123456789"]


def commands():
    """Every command line of archiver in the document."""
    lines = [line.split(maxsplit=5)[5] for line in crontab_lines()]
    lines += re.findall(r"^ExecStart=(.*)$", "\n".join(blocks("ini")), flags=re.MULTILINE)
    lines.append(shlex.join(plistlib.loads(blocks("xml")[0].encode())["ProgramArguments"]))
    return lines


@pytest.mark.parametrize("line", commands())
def test_every_command_line_is_one(line, tmp_path):
    """Run as cron does: by sh, in an environment with next to nothing, from the root; the program and folders are ours."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "archive").mkdir()  # check says where there is none
    program = tmp_path / "bin" / "archiver"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m archiver "$@"\n')
    program.chmod(0o755)
    line = re.sub(r"(/home/me|/Users/me|%h)/(\.local/)?", f"{tmp_path}/", line)
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "ARCHIVER_HOME": str(tmp_path / "archive")}
    ran = subprocess.run(["/bin/sh", "-c", line], cwd="/", env=environment, capture_output=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == b"" or line.endswith(" -v")
    if "--summary" in line:
        assert (tmp_path / "sync.jsonl").read_text().startswith("{")


def test_no_crontab_line_has_a_percent_sign():
    """cron would end the command there."""
    assert not [line for line in crontab_lines() if "%" in line]


def test_every_key_of_the_summary_is_described():
    for field in dataclasses.fields(Summary):
        assert f"| `{field.name}` |" in DOCUMENT, field.name


def test_the_units_are_units():
    for text in blocks("ini"):
        unit = configparser.ConfigParser(interpolation=None)
        unit.read_string(text)
        assert unit["Unit"]["Description"]
