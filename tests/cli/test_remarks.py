"""`archiver tag`, `star`, `note` and `read`, and what lists make of them."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from tests.support.articles import article_page


@pytest.fixture
def ids(filled):
    return filled("list", "--format", "ids").out.split()


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """editor(code): a terminal, and an editor that runs `code` with the `path` of the file to edit."""

    def install(code):
        script = tmp_path / "editor.py"
        script.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{code}\n")
        monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
        monkeypatch.setattr("archiver.cli.note._on_terminal", lambda: True)

    return install


def listed(filled, *options):
    return json.loads(filled("list", "--json", *options).out)


def remarks_file(archive, article_id):
    return archive / "remarks" / article_id[:2] / f"{article_id}.json"


def test_tags_are_given_listed_and_taken_away(filled, ids):
    assert filled("tag", ids[0][:8], "tides", "to cite").code == 0
    ran = filled("tag", ids[0])
    assert (ran.code, ran.out) == (0, "tides\nto cite\n")
    assert filled("tag", ids[0], "TIDES", "--remove").code == 0
    assert filled("tag", ids[0]).out == "to cite\n"
    assert filled("tag", ids[1]).out == ""


def test_the_pages_own_tags_are_others(filled, ids):
    filled("tag", ids[0], "mine")
    assert json.loads(filled("show", ids[0], "--json").out)["tags"] == []
    assert [row["labels"] for row in listed(filled)] == [["mine"], []]


@pytest.mark.parametrize("arguments", [["a,b"], [""], ["x" * 101], ["--remove"]])
def test_what_is_no_tag_is_a_usage_error(filled, archive, ids, arguments):
    ran = filled("tag", ids[0], *arguments)
    assert ran.code == 2
    assert not (archive / "remarks").exists()


def test_stars_come_and_go(filled, ids):
    assert filled("star", *ids).code == 0
    assert filled("star", ids[0], "--remove").code == 0
    assert [row["id"] for row in listed(filled, "--starred")] == [ids[1]]


def test_all_are_unread_until_they_are_marked(filled, ids):
    assert [row["id"] for row in listed(filled, "--unread")] == ids
    assert filled("read", ids[0]).code == 0
    assert [row["id"] for row in listed(filled, "--unread")] == [ids[1]]
    assert filled("read", ids[0], "--unread").code == 0
    assert [row["id"] for row in listed(filled, "--unread")] == ids


@pytest.mark.parametrize("command", ["star", "read"])
def test_one_that_is_not_there_changes_nothing(filled, archive, ids, command):
    ran = filled(command, ids[0], "ffffffffffffffff")
    assert ran.code == 4
    assert not (archive / "remarks").exists()


def test_quiet_says_nothing(filled, ids):
    for arguments in (["tag", ids[0], "a"], ["star", ids[0]], ["read", ids[0]], ["note", ids[0], "Mine."]):
        ran = filled(*arguments, "-q")
        assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_list_and_search_choose_by_tag(filled, ids):
    filled("tag", ids[0], "tides", "ebb")
    filled("tag", ids[1], "tides")
    assert [row["id"] for row in listed(filled, "--tag", "Tides")] == ids
    assert [row["id"] for row in listed(filled, "--tag", "tides", "--tag", "ebb")] == [ids[0]]
    assert filled("search", "harbour", "--tag", "ebb", "--format", "ids").out.split() == [ids[0]]
    assert filled("list", "--tag", "a,b").code == 2


def test_lists_have_columns_for_them(filled, ids):
    filled("tag", ids[0], "a", "b")
    filled("star", ids[0])
    filled("note", ids[0], "Mine.")
    row = listed(filled, "--starred")[0]
    assert {name: row[name] for name in ("labels", "starred", "read", "note")} == {
        "labels": ["a", "b"], "starred": True, "read": False, "note": "Mine.",
    }  # fmt: skip
    table = next(csv.DictReader(io.StringIO(filled("list", "--starred", "--format", "csv").out)))
    assert (table["labels"], table["starred"], table["note"]) == ("a, b", "True", "Mine.")
    assert "★ The Lighthouse" in filled("list", "--starred", "--format", "table").out


def test_fetching_a_changed_page_again_leaves_them_alone(filled, site, archive, ids, tmp_path):
    filled("tag", ids[1], "tides")
    before = remarks_file(archive, ids[1]).read_bytes()
    changed = tmp_path / "changed.html"
    changed.write_text(article_page(body="<p>The harbour was closed for good after another storm in May.</p>"))
    assert filled("fetch", changed, "--url", site.url("/harbour")).code == 0
    assert list(archive.glob(f"versions/{ids[1]}/*.json"))
    assert remarks_file(archive, ids[1]).read_bytes() == before
    assert filled("list", "--tag", "tides", "--format", "ids").out.split() == [ids[1]]


def test_a_note_is_written_read_and_taken_away(filled, archive, ids):
    assert filled("note", ids[0], "First line.\nSecond.").code == 0
    assert filled("note", ids[0]).out == "First line.\nSecond.\n"
    assert filled("note", ids[0], "-", stdin="Von außen.\r\n".encode()).code == 0
    assert filled("note", ids[0]).out == "Von außen.\n"
    assert filled("note", ids[0], "--remove").code == 0
    assert filled("note", ids[0]).out == ""
    assert not remarks_file(archive, ids[0]).exists()


def test_a_note_cannot_act_on_the_terminal(filled, ids):
    filled("note", ids[0], "red \x1b[31m")
    assert filled("note", ids[0]).out == "red \\u001b[31m\n"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * (16 * 1024 * 1024 + 1)])
def test_what_is_no_note_is_refused(filled, ids, content):
    ran = filled("note", ids[0], "-", stdin=content)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert filled("note", ids[0]).out == ""


def test_a_text_and_remove_are_too_much(filled, ids):
    assert filled("note", ids[0], "x", "--remove").code == 2


def test_the_editor_gets_the_note_and_what_it_saves_is_kept(filled, ids, editor):
    filled("note", ids[0], "Old.")
    editor("path.write_text(path.read_text() + 'New: ä\\n', encoding='utf-8')")
    assert filled("note", ids[0]).code == 0
    assert listed(filled)[0]["note"] == "Old.\nNew: ä"


def test_an_editor_that_saves_nothing_changes_nothing(filled, archive, ids, editor):
    editor("pass")
    ran = filled("note", ids[0])
    assert (ran.code, ran.err) == (0, "")
    assert not remarks_file(archive, ids[0]).exists()


def test_an_editor_that_fails_is_told(filled, ids, editor):
    editor("sys.exit(3)")
    assert filled("note", ids[0]).code == 1


def test_what_was_written_in_the_editor_is_never_lost(filled, archive, ids, editor, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = remarks_file(archive, ids[0])
    editor(f"path.write_text('Hard work.'); pathlib.Path({str(file.parent)!r}).parent.write_text('in the way')")
    ran = filled("note", ids[0])
    assert ran.code == 1
    kept = next(tmp_path.glob("archiver-note-*"))
    assert kept.read_text() == "Hard work."
    assert kept.name in ran.err


def test_damaged_remarks_are_told_and_left_alone(filled, archive, ids):
    file = remarks_file(archive, ids[0])
    file.parent.mkdir(parents=True)
    file.write_text("half")
    for arguments in (["tag", ids[0]], ["tag", ids[0], "a"], ["star", ids[0]], ["note", ids[0], "x"], ["read", ids[0]]):
        ran = filled(*arguments)
        assert ran.code == 5
        assert ran.err.count(str(file)) == 1  # the index comes upon it too
    assert file.read_text() == "half"


def test_removing_an_article_removes_them(filled, archive, ids):
    filled("tag", ids[0], "tides")
    assert filled("remove", ids[0], "--yes").code == 0
    assert not remarks_file(archive, ids[0]).exists()
