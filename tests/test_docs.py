"""The documents say what is so."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path

import pytest

from archiver.cli.main import COMMANDS
from archiver.settings import Settings

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


def test_every_decision_is_listed():
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert decisions
    for decision in decisions:
        assert f"adr/{decision.name}" in architecture, decision.name


def test_the_version_is_in_the_changelog():
    import archiver

    assert f"## {archiver.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
