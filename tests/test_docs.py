"""The documents say what is so."""

from __future__ import annotations

import dataclasses
import functools
import os
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.cli.main import COMMANDS
from archiver.settings import Settings
from tests.support.terminal import on_terminal, unstyled

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_command_reference_is_what_help_prints():
    import command_reference

    assert command_reference.REFERENCE.read_text(encoding="utf-8") == command_reference.reference(), (
        "run: .venv/bin/python tools/command_reference.py"
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target
    for target in re.findall(r'(?:src|srcset)="([^"]+)"', document.read_text(encoding="utf-8")):
        assert (document.parent / target).is_file(), target


def test_every_setting_is_described():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for field in dataclasses.fields(Settings):
        assert f"| `{field.name}` |" in text, field.name


def test_the_readme_shows_every_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"archiver {name}" in text, name


def test_the_readmes_two_commands_are_the_tools():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for script in re.findall(r"^python3 (\S+)", text, flags=re.MULTILINE):
        assert (ROOT / script).is_file(), script
    assert "python3 tools/demo.py" in text
    assert "python3 tools/check.py" in text
    assert "python3 tools/check.py" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readmes_tour_prints_what_it_shows(tmp_path, bless):
    """Each `$ archiver …` of the tour, run in order on a terminal; days of fetching and sizes on disk are not compared."""
    readme = ROOT / "README.md"
    before, tour, after = re.split(
        r"(?<=```console\n)(.*?)(?=```)", readme.read_text(encoding="utf-8"), maxsplit=1, flags=re.DOTALL
    )
    (tmp_path / "config.toml").write_text("")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "ARCHIVER_HOME": str(tmp_path / "archive"), "ARCHIVER_CONFIG": str(tmp_path / "config.toml"),
    }  # fmt: skip
    printed = ""
    for command in re.findall(r"^\$ archiver (.+)$", tour, flags=re.MULTILINE):
        arguments = [str(Path(sys.executable).with_name("archiver")), *shlex.split(command)]
        output = "\n".join(line.rstrip() for line in unstyled(on_terminal(arguments, environment)).strip("\n").splitlines())
        printed += f"$ archiver {command}\n{output}\n\n"
    printed = printed.strip() + "\n"
    if bless:
        readme.write_text(before + printed + after, encoding="utf-8")
        pytest.skip("blessed; review the difference before committing it")
    undated = functools.partial(re.sub, r"((?:fetched|urldate)\D{1,9})[\d:TZ-]+", r"\1DAY")
    assert undated(printed) == undated(tour)


def test_the_readmes_history_is_what_is_printed(tmp_path, bless):
    """The second block of commands: the article of the tour, edited without a word, and then gone."""
    readme = ROOT / "README.md"
    before, shown, after = re.split(
        r"(?<=```console\n)(\$ archiver history .*?)(?=```)", readme.read_text(encoding="utf-8"), maxsplit=1, flags=re.DOTALL
    )
    (tmp_path / "config.toml").write_text("")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "ARCHIVER_HOME": str(tmp_path / "archive"), "ARCHIVER_CONFIG": str(tmp_path / "config.toml"),
    }  # fmt: skip
    program = [sys.executable, "-c", "from archiver.cli.main import main; main()"]
    page = (ROOT / "tests" / "fixtures" / "pages" / "founding-plain" / "page.html").read_text(encoding="utf-8")
    assert "About one patient in three" in page
    gone = "<title>404 Not Found</title><h1>Page not found</h1><p>Sorry.</p>"
    saved = tmp_path / "page.html"
    looks = ((10, page), (11, page.replace("one patient in three", "one patient in four")), (12, gone))
    for month, html in looks:
        saved.write_text(html, encoding="utf-8")
        moment = datetime(2025, month, 2, 8, 14, tzinfo=UTC).timestamp()
        os.utime(saved, (moment, moment))
        address = next(iter(re.findall(r"--url (\S+)", before)))
        subprocess.run([*program, "fetch", str(saved), "--url", address, "-q"], env=environment, check=False)
    printed = ""
    for command in re.findall(r"^\$ archiver (.+)$", shown, flags=re.MULTILINE):
        words = shlex.split(command)
        if words[-2:] == ["|", "cat"]:
            output = subprocess.run(
                [*program, *words[:-2]], env=environment, check=True, capture_output=True, encoding="utf-8"
            ).stdout
        else:
            output = unstyled(on_terminal([*program, *words], environment))
        lines = "\n".join(line.rstrip() for line in output.strip("\n").splitlines())
        printed += f"$ archiver {command}\n{lines}\n\n"
    printed = printed.strip() + "\n"
    if bless:
        readme.write_text(before + printed + after, encoding="utf-8")
        pytest.skip("blessed; review the difference before committing it")
    assert printed == shown


def test_every_decision_is_listed():
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert decisions
    for decision in decisions:
        assert f"adr/{decision.name}" in architecture, decision.name


def test_the_version_is_in_the_changelog():
    import archiver

    assert f"## {archiver.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
