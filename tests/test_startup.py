"""Starting is cheap: what a command does not need, it does not import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from archiver.capture import SavedPage
from archiver.cli.main import COMMANDS
from archiver.store import Store
from archiver.tasks.archiving.archive_page import archive_saved
from tests.support.articles import article_page

HEAVY = {
    "bs4",
    "charset_normalizer",
    "feedparser",
    "filelock",
    "gcld3",
    "lxml",
    "nh3",
    "requests",
    "selectolax",
    "urllib3",
    "warcio",
}


def imported(*arguments: str, home: str) -> set[str]:
    """The top-level modules that a run of the command line imported."""
    code = (
        "import json, sys\n"
        "from archiver.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    print('\\n' + json.dumps(sorted(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--archive", home, *arguments],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return {name.partition(".")[0] for name in json.loads(ran.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["list"],
        ["list", "--json"],
        ["stats"],
        ["search", "harbour", "--json"],
        ["queue", "list"],
        ["duplicates", "--json"],
        ["config", "list"],
        ["completion", "bash"],
        *([name, "--help"] for name in COMMANDS if name not in {"feed", "sync", "fetch"}),
        ["fetch", "--help"],
        ["feed", "--help"],
        ["sync", "--help"],
    ],
)
def test_nothing_heavy_is_imported(arguments, tmp_path):
    assert not imported(*arguments, home=str(tmp_path)) & HEAVY


def test_the_overview_needs_no_rich(tmp_path):
    assert "rich" not in imported("--help", home=str(tmp_path))


def test_the_package_imports_nothing_until_it_is_used():
    code = "import sys, archiver; print(*[name for name in sys.modules if name.startswith('archiver')])"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.split() == ["archiver"]


def test_completing_an_id_needs_no_more_than_the_index(tmp_path):
    with Store.open(tmp_path, create=True) as store:
        page = article_page("A story about the harbour wall").encode()
        archive_saved(SavedPage("https://example.org/1", datetime(2026, 11, 23, tzinfo=UTC), page), store)
    code = (
        "import sys\nfrom archiver.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)\n"
    )
    asked = {"ARCHIVER_HOME": str(tmp_path), "ARCHIVER_CONFIG": os.devnull}
    asked |= {"_ARCHIVER_COMPLETE": "zsh_complete", "COMP_WORDS": "archiver show ", "COMP_CWORD": "2"}
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=os.environ | asked)
    assert "A story about the harbour wall" in ran.stdout
    needed = set(ran.stderr.split())
    assert "archiver.store.indexing.glimpse" in needed
    assert not needed & {"rich", "archiver.store.archive", "archiver.urls", "archiver.record"}
