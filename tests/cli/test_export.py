"""`archiver export`."""

from __future__ import annotations

import json

import pytest

HARBOUR, LIGHTHOUSE = "How the Old Harbour Was Built", "The Lighthouse Keepers' Strike"


def titles(text):
    return [json.loads(line)["title"] for line in text.splitlines()]


def ids(filled):
    return filled("list", "--format", "ids", "--sort", "title").out.split()


def test_all_articles_as_fetched(filled):
    ran = filled("export", "--format", "jsonl")
    assert (ran.code, sorted(titles(ran.out)), ran.err) == (0, [HARBOUR, LIGHTHOUSE], "")


def test_the_same_selection_gives_the_same_bytes(filled, tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        assert filled("export", "--output", tmp_path / name).code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert titles((tmp_path / "a.jsonl").read_text())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--sort", "title"], [HARBOUR, LIGHTHOUSE]),
        (["--sort", "title", "--reverse"], [LIGHTHOUSE, HARBOUR]),
        (["--sort", "title", "--limit", "1"], [HARBOUR]),
        (["--author", "smith"], [LIGHTHOUSE]),
        (["--starred"], []),
    ],
)
def test_the_options_of_list_choose_and_order(filled, options, expected):
    assert titles(filled("export", "--format", "jsonl", *options).out) == expected


def test_articles_are_named_in_order_each_once(filled):
    harbour, lighthouse = ids(filled)
    ran = filled("export", lighthouse, harbour[:10], lighthouse, "--format", "jsonl")
    assert titles(ran.out) == [LIGHTHOUSE, HARBOUR]


def test_names_come_from_standard_input(filled):
    ran = filled("export", "-", "--format", "jsonl", stdin="\n".join(reversed(ids(filled))).encode())
    assert titles(ran.out) == [LIGHTHOUSE, HARBOUR]


def test_the_format_is_what_the_path_says(filled, tmp_path):
    filled("export", "--output", tmp_path / "a.json")
    assert len(json.loads((tmp_path / "a.json").read_text())) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give the format"),
        (["--output", "a.docx"], "Give the format"),
        (["7f", "--starred", "--format", "json"], "not both"),
        (["7f", "--limit", "3", "--format", "json"], "not both"),
    ],
)
def test_what_cannot_be_meant_is_usage(archiver, arguments, said):
    ran = archiver("export", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_an_article_that_is_not_there(filled, tmp_path):
    ran = filled("export", "ffffffffffffffff", "--output", tmp_path / "a.json")
    assert ran.code == 4
    assert not (tmp_path / "a.json").exists()


def test_what_cannot_be_read_is_left_out_and_named(filled, archive):
    harbour, lighthouse = ids(filled)
    (damaged,) = archive.glob(f"articles/*/*{harbour}.json")
    damaged.write_text("{}")
    ran = filled("export", harbour, lighthouse, "--format", "jsonl")
    assert (ran.code, titles(ran.out)) == (3, [LIGHTHOUSE])
    said = ran.err.splitlines()[-1]
    assert "has no schema" in said
    assert damaged.name in said


def test_nothing_is_written_over_unless_forced(filled, tmp_path):
    path = tmp_path / "a.json"
    path.write_text("mine")
    ran = filled("export", "--output", path)
    assert (ran.code, path.read_text()) == (2, "mine")
    assert "--force" in ran.err
    assert filled("export", "--output", path, "--force").code == 0
    assert len(json.loads(path.read_text())) == 2


def test_an_empty_archive_exports_nothing(archiver, archive):
    assert archiver("export", "--format", "json").out == "[]\n"
    assert not archive.exists()


def test_remarks_go_with_the_record(filled):
    harbour, _ = ids(filled)
    filled("tag", harbour, "coast")
    assert json.loads(filled("export", harbour, "--format", "jsonl").out)["remarks"]["labels"] == ["coast"]
