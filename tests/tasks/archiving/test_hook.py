"""The hook: the record on its standard input, no shell, and no failure that matters to the archive."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.article import Article
from archiver.capture import SavedPage
from archiver.errors import HookFailed
from archiver.tasks.archiving import hook
from archiver.tasks.archiving.archive_page import Outcome
from archiver.tasks.archiving.decide import Decision
from archiver.tasks.archiving.hook import run_hook

ARTICLE = Article(id="00112233445566aa", url="https://a.example/$(touch x)", title="`rm -rf` \x1b[31m; ls")


def outcome(decision: Decision = Decision.NEW) -> Outcome:
    page = SavedPage("https://a.example/", datetime(2026, 1, 2, tzinfo=UTC), b"")
    return Outcome(decision, ARTICLE, Path("articles/x.json"), ARTICLE, page)


def script(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "hook.py"
    file.write_text(text)
    return [sys.executable, str(file), str(tmp_path / "out")]


KEEP = (
    "import os, pathlib, sys\n"
    "pathlib.Path(sys.argv[1]).write_text(sys.stdin.read())\n"
    "pathlib.Path(sys.argv[1] + '.env').write_text(os.environ['ARCHIVER_DECISION'] + ' ' + os.environ['ARCHIVER_ID'])\n"
)


@pytest.mark.parametrize("decision", [Decision.NEW, Decision.CHANGED])
def test_it_gets_the_record(tmp_path, decision):
    run_hook(script(tmp_path, KEEP), outcome(decision))
    assert json.loads((tmp_path / "out").read_text())["title"] == ARTICLE.title
    assert (tmp_path / "out.env").read_text() == f"{decision} {ARTICLE.id}"


@pytest.mark.parametrize("decision", [Decision.UNCHANGED, Decision.WORSE])
def test_it_is_not_run_where_nothing_came(tmp_path, decision):
    run_hook(script(tmp_path, KEEP), outcome(decision))
    assert not (tmp_path / "out").exists()


def test_without_one_nothing_is_run():
    run_hook((), outcome())


def test_one_that_fails_is_named_with_what_it_said(tmp_path):
    with pytest.raises(HookFailed, match=r"ended with 3: no room"):
        run_hook(script(tmp_path, "import sys\nsys.stderr.write('no room')\nsys.exit(3)"), outcome())


def test_one_that_does_not_read_is_fine(tmp_path):
    run_hook(script(tmp_path, ""), outcome())


def test_one_that_is_not_there_is_named():
    with pytest.raises(HookFailed, match="cannot be run"):
        run_hook(["/nowhere/hook"], outcome())


def test_one_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(hook, "MAX_SECONDS", 0.5)
    with pytest.raises(HookFailed, match="took longer"):
        run_hook(script(tmp_path, "import time\ntime.sleep(60)"), outcome())
