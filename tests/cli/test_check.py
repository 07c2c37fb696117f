"""`archiver check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import archiver
from archiver.cli import check
from tests.support.terminal import on_terminal, unstyled


@pytest.fixture
def ids(filled):
    return filled("list", "--format", "ids").out.split()


@pytest.fixture
def damaged(filled, archive, ids):
    """`filled`, with a record that is half and a capture that lost its end."""
    path = next(archive.glob(f"articles/*/*{ids[0]}.json"))
    path.write_bytes(path.read_bytes()[:100])
    capture = next(archive.glob(f"captures/*/*/{ids[1]}*"))
    capture.write_bytes(capture.read_bytes()[:-10])
    return filled


def test_a_whole_archive_is_quiet(filled):
    ran = filled("check")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert filled("check", "--deep").code == 0


def test_with_verbose_it_says_how_much_there_was(filled):
    ran = filled("check", "-v")
    assert ran.code == 0
    assert "2 articles, 0 versions, 2 captures" in ran.err
    assert "whole" in ran.err


def test_an_archive_that_is_not_there_is_said_and_not_made(archiver, archive):
    ran = archiver("check")
    assert ran.code == 1
    assert f"{archive}: there is no archive" in ran.err
    assert not archive.exists()


def test_damage_is_a_line_for_each_and_an_exit_code_of_its_own(damaged, ids):
    ran = damaged("check")
    assert ran.code == 5
    lines = ran.out.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("damage: ") for line in lines)
    assert ids[0] in lines[0] or ids[0] in lines[1]
    assert "2 damage" in ran.err


def test_strays_are_no_damage(filled, archive):
    (archive / "notes.txt").touch()
    ran = filled("check")
    assert (ran.code, ran.out.splitlines()[0][:17]) == (0, "stray: notes.txt:")
    assert filled("check", "-q").out == ""


def test_a_monitor_reads_one_object(damaged, archive, ids):
    ran = damaged("check", "--json")
    assert ran.code == 5
    report = json.loads(ran.out)
    assert report["archive"] == str(archive)
    assert report["checked"]["records"] == 2
    assert report["damage"] == 2
    assert {one["kind"] for one in report["findings"]} >= {"record-damaged", "capture-damaged"}
    assert {one["id"] for one in report["findings"] if one["severity"] == "damage"} == set(ids)
    assert (report["steps"], report["lost"]) == ([], 0)
    assert json.loads(damaged("check", "--json", "--repair", "--dry-run").out)["lost"] == 1


def test_a_dry_run_shows_and_changes_nothing(damaged, archive):
    before = {path: path.read_bytes() for path in archive.rglob("*.json")}
    ran = damaged("check", "--repair", "--dry-run")
    assert ran.code == 5
    assert ran.out.count("would repair: ") >= 2
    assert {path: path.read_bytes() for path in archive.rglob("*.json")} == before
    assert not (archive / "quarantine").exists()


def test_a_repair_says_what_is_lost_and_the_next_check_is_clean(damaged, site):
    ran = damaged("check", "--repair", "--yes")
    assert ran.code == 5
    assert ran.out.count("repaired: ") >= 2
    (lost,) = [line for line in ran.out.splitlines() if line.startswith("lost: ")]
    assert site.url("/") in lost
    assert damaged("check").out == ""
    again = damaged("check", "--repair", "--yes")
    assert (again.code, again.out) == (0, "")
    assert len(damaged("list", "--format", "ids").out.split()) == 2


def test_a_repair_without_a_loss_succeeds(filled, archive, ids):
    next(archive.glob(f"articles/*/*{ids[0]}.json")).write_text("{")
    ran = filled("check", "--repair", "--yes")
    assert ran.code == 0, ran.out
    assert "made again from captures/" in ran.out


def test_what_a_repair_cannot_mend_stays_damage(filled, archive, ids, monkeypatch):
    import os

    opened = os.open

    def refuse(name, *arguments, **options):
        if ids[0] in str(name) and str(name).endswith(".json"):
            raise OSError(5, "Input/output error")
        return opened(name, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    ran = filled("check", "--repair", "--yes")
    assert ran.code == 5
    assert "Input/output error" in ran.out
    assert not (archive / "quarantine").exists()


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 5), (b"n\n", 1)])
def test_on_a_terminal_it_shows_what_it_would_do_and_asks(damaged, archive, monkeypatch, answer, code):
    monkeypatch.setattr("archiver.cli.check._on_terminal", lambda: True)
    ran = damaged("check", "--repair", stdin=answer)
    assert ran.code == code
    assert "Do these 2 things?" in ran.err or "Do these 3 things?" in ran.err
    assert (archive / "quarantine").exists() is (code == 5)


def test_on_a_terminal_where_all_is_well_nothing_is_asked(filled, monkeypatch):
    monkeypatch.setattr("archiver.cli.check._on_terminal", lambda: True)
    assert filled("check", "--repair").code == 0


def test_on_a_terminal_there_is_a_bar_and_a_sum(filled, archive):
    environment = {"PYTHONPATH": str(Path(archiver.__file__).parents[1]), "ARCHIVER_CONFIG": "/dev/null"}
    printed = on_terminal([sys.executable, "-m", "archiver", "--archive", str(archive), "check"], environment)
    assert "4/4" in printed
    assert "2 articles, 0 versions, 2 captures" in unstyled(printed)


def test_without_a_terminal_a_repair_wants_yes(damaged):
    ran = damaged("check", "--repair")
    assert ran.code == 2
    assert "--yes" in ran.err


@pytest.mark.parametrize("option", ["--yes", "--dry-run"])
def test_options_of_a_repair_want_one(filled, option):
    assert filled("check", option).code == 2


def test_the_repaired_record_can_be_read_and_searched(damaged):
    damaged("check", "--repair", "--yes")
    assert len(damaged("search", "harbour", "--format", "ids").out.split()) == 2


def test_of_many_findings_of_one_kind_the_first_are_printed_and_the_others_counted(filled, archive):
    for number in range(check.SHOWN + 3):
        (archive / "captures" / f"note-{number}.txt").touch()
    lines = filled("check").out.splitlines()
    assert len(lines) == check.SHOWN + 1
    assert lines[-1] == "stray: … and 3 more: nothing of archiver's has this name here (-v or --json has all)"
    assert len([line for line in filled("check", "-v").out.splitlines() if line.startswith("stray")]) == check.SHOWN + 3
    assert len(json.loads(filled("check", "--json").out)["findings"]) == check.SHOWN + 3


def test_a_repair_of_many_things_asks_after_the_first_of_them(filled, archive, monkeypatch):
    monkeypatch.setattr(check, "SHOWN", 1)
    monkeypatch.setattr(check, "_on_terminal", lambda: True)
    for capture in archive.glob("captures/*/*/*"):
        capture.unlink()
    ran = filled("check", "--repair", stdin=b"n\n")
    assert ran.code == 1
    assert "… and 1 more (--dry-run shows all)" in ran.err
    assert "Do these 2 things?" in ran.err
