"""`archiver remove`."""

from __future__ import annotations

import pytest


@pytest.fixture
def ids(filled):
    return filled("list", "--format", "ids").out.split()


def test_record_captures_versions_and_row_are_gone(filled, archive, ids):
    ran = filled("remove", ids[0], "--yes")
    assert ran.code == 0
    assert filled("list", "--format", "ids").out.split() == [ids[1]]
    assert not [path for path in archive.rglob(f"*{ids[0]}*") if path.is_file()]
    assert list(archive.rglob(f"*{ids[1]}*.warc.gz"))
    assert filled("search", "keepers", "--format", "ids").out == ""


def test_without_a_terminal_it_wants_yes(filled, ids):
    ran = filled("remove", ids[0])
    assert ran.code == 2
    assert "--yes" in ran.err
    assert len(filled("list", "--format", "ids").out.split()) == 2


def test_dry_run_shows_and_removes_nothing(filled, ids):
    ran = filled("remove", ids[0], ids[1], "--dry-run")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 2
    assert len(filled("list", "--format", "ids").out.split()) == 2


def test_one_that_is_not_there_removes_nothing(filled, ids):
    assert filled("remove", ids[0], "ffffffffffffffff", "--yes").code == 4
    assert len(filled("list", "--format", "ids").out.split()) == 2


def test_a_damaged_record_can_be_removed(filled, archive, ids):
    next(archive.glob(f"articles/*/*{ids[0]}.json")).write_text("half")
    assert filled("remove", ids[0], "--yes").code == 0
    assert filled("list", "--format", "ids").out.split() == [ids[1]]
