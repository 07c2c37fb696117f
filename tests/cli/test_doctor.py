"""`archiver doctor`: each thing that can be wrong is found, and named with a remedy."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from types import SimpleNamespace

import click
import pytest

from tests.support.terminal import on_terminal


def told(archiver) -> dict[str, dict[str, str]]:
    ran = archiver("doctor", "--json")
    assert ran.code in {0, 1}, ran.err
    return {finding["subject"]: finding for finding in json.loads(ran.out)}


def test_all_is_well(filled, archive):
    archive.chmod(0o700)
    found = told(filled)
    assert {finding["level"] for name, finding in found.items() if name != "terminal"} == {"fine"}
    assert found["index"]["says"].startswith("2 articles")
    ran = filled("doctor")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(found)


def test_an_archive_that_is_not_there_is_no_fault(archiver):
    assert told(archiver)["archive"]["level"] == "note"
    assert archiver("doctor").code == 0


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_an_archive_that_others_can_read_is_noted(filled, archive):
    archive.chmod(0o755)
    finding = told(filled)["archive"]
    assert (finding["level"], finding["remedy"]) == ("note", f"chmod 700 {archive}")


def test_an_archive_that_cannot_be_written_is_wrong(filled, monkeypatch):
    monkeypatch.setattr("os.access", lambda _, mode: not mode & os.W_OK)
    assert told(filled)["archive"]["level"] == "wrong"
    assert filled("doctor").code == 1


def test_a_full_disk_is_wrong(filled, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    assert told(filled)["disk"]["level"] == "wrong"


def test_a_sqlite_without_full_text_search_is_wrong(archiver, monkeypatch):
    class Bare(sqlite3.Connection):
        def execute(self, *_):
            raise sqlite3.OperationalError("no such module: fts5")

    connect = sqlite3.connect
    monkeypatch.setattr("sqlite3.connect", lambda path: connect(path, factory=Bare))
    finding = told(archiver)["program"]
    assert finding["level"] == "wrong"
    assert "fts5" in finding["says"]


def test_files_that_cannot_be_read_are_one_finding_each(filled, archive):
    (archive / "feeds.opml").mkdir()
    (archive / "queue.jsonl").mkdir()
    found = told(filled)
    assert [found[name]["level"] for name in ("feeds", "queue", "index")] == ["wrong", "wrong", "fine"]


def test_pages_that_were_given_up_are_noted(filled, archive):
    (archive / "queue.jsonl").write_text('{"url": "https://a.example/", "attempts": 5, "failed": "gone"}\n')
    assert told(filled)["queue"]["level"] == "note"


def test_a_site_rule_that_cannot_be_used_is_named(filled, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.example.toml").write_text("title = = 3")
    finding = told(filled)["site rules"]
    assert "a.example.toml" in finding["says"]


def test_a_terminal_that_cannot_print_everything_is_noted(archiver, monkeypatch):
    finding = told(archiver)["terminal"]
    assert (finding["level"] == "fine") == (sys.stdout.encoding.lower() == "utf-8")


@pytest.mark.parametrize(("count", "says"), [(1, "1 page waits, 1 was given up"), (2, "2 pages wait, 2 were given up")])
def test_what_waits_is_counted(filled, archive, count, says):
    lines = [f'{{"url": "https://a.example/{number}", "attempts": 5, "failed": "gone"}}\n' for number in range(count)]
    (archive / "queue.jsonl").write_text("".join(lines))
    assert told(filled)["queue"]["says"] == says


@pytest.mark.parametrize(("variables", "colours"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_colours_where_none_are_wanted(tmp_path, variables, colours):
    program = "from archiver.cli.main import main; main()"
    known = {name: text for name, text in os.environ.items() if name != "NO_COLOR"}
    printed = on_terminal([sys.executable, "-c", program, "--archive", str(tmp_path), "doctor"], known | variables)
    assert ("\x1b[32m" in printed) is colours


def test_a_dumb_terminal_gets_no_colours(archiver, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    seen = []
    monkeypatch.setattr("click.echo", lambda *_, **__: seen.append(click.get_current_context().color))
    archiver("doctor")
    assert set(seen) == {False}
