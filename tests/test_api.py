"""The archive from Python, and the examples."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import archiver
from archiver.errors import HttpStatus, InvalidUrl, NotFollowed, NotInArchive
from archiver.settings import Settings
from tests.support.articles import article_page
from tests.support.servers import Response, serve

DOCUMENT = Path(__file__).parent.parent / "docs" / "python.md"
EXAMPLES = Path(__file__).parent.parent / "examples"
URL = "https://news.example/2026/harbour"


@pytest.fixture
def archive(tmp_path):
    with archiver.Archive(tmp_path / "archive", settings=Settings(tmp_path / "archive")) as opened:
        yield opened


@pytest.fixture
def site():
    with serve({"/harbour": Response(article_page())}) as server:
        yield server


def test_what_is_fetched_is_there(archive, site):
    article = archive.fetch(site.url("/harbour"))
    assert article.title == "How the Old Harbour Was Built"
    assert archive.get(article.id[:6]) == archive.get(site.url("/harbour")) == article
    assert site.url("/harbour") in archive
    assert [row.id for row in archive.list()] == [article.id]
    assert [hit.row.id for hit in archive.search("harbour")] == [article.id]
    assert list(archive.list(archiver.Filters(host="elsewhere.example"))) == []


def test_a_page_at_hand_is_archived_as_of_its_day(archive):
    saved = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)
    article = archive.add(article_page(), URL, saved_at=saved)
    assert article.url == URL
    assert article.capture.fetched_at == "2020-05-04T03:02:01Z"
    assert archive.remarks(URL).labels == ()


def test_errors_are_ours(archive, site):
    with pytest.raises(HttpStatus):
        archive.fetch(site.url("/nowhere"))
    with pytest.raises(InvalidUrl):
        archive.add("<p>x</p>", "ftp://e.example/")
    with pytest.raises(NotInArchive):
        archive.get("0000")
    with pytest.raises(NotFollowed):
        archive.sync("nobody")
    assert archive.sync().feeds == 0


def test_without_a_path_it_is_the_one_the_command_uses(tmp_path, monkeypatch):
    monkeypatch.setenv("ARCHIVER_HOME", str(tmp_path / "here"))
    monkeypatch.delenv("ARCHIVER_CONFIG", raising=False)
    with archiver.Archive() as opened:
        assert opened.path == tmp_path / "here"


def run(example: str, *arguments: object) -> str:
    environment = {**os.environ, "ARCHIVER_CONFIG": os.devnull}
    ran = subprocess.run(
        [sys.executable, EXAMPLES / example, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env=environment,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_examples_run(tmp_path, site):
    directory = tmp_path / "archive"
    assert run("archive_a_page.py", directory, site.url("/harbour")).startswith("How the Old Harbour Was Built\nby ")
    counts = run("word_counts.py", directory).splitlines()
    assert len(counts) == 2
    assert counts[1].endswith(site.url("/harbour"))
    assert run("follow_feeds.py", directory) == "0 new, 0 failed\n"


def test_every_example_is_run():
    ran = Path(__file__).read_text(encoding="utf-8")
    for example in EXAMPLES.glob("*.py"):
        assert f'run("{example.name}"' in ran


def test_the_document_has_every_method_with_its_parameters():
    rows = dict(re.findall(r"^\| `(\w+)\((.*?)\)` \|", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE))
    methods = {name: found for name, found in vars(archiver.Archive).items() if inspect.isfunction(found) and name[0] != "_"}
    constructor = archiver.Archive.__init__
    assert set(rows) == {"Archive", *(set(methods) - {"close"})}
    for name, described in rows.items():
        parameters = list(inspect.signature(methods.get(name, constructor)).parameters)[1:]
        assert [part.strip(" *").split("=")[0] for part in described.split(",") if part.strip() != "*"] == parameters, name


@pytest.mark.parametrize("document", ["README.md", "docs/python.md"])
def test_the_documents_snippets_run(document, site, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ARCHIVER_CONFIG", os.devnull)
    text = (DOCUMENT.parents[1] / document).read_text(encoding="utf-8")
    snippets = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert snippets
    for snippet in snippets:
        exec(snippet.replace("https://example.org/2026/a-story", site.url("/harbour")), {"html": article_page()})
