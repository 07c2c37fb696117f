"""`archiver export`."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from tests.support.articles import article_page

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


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_folder_of_markdown(filled, tmp_path):
    out = tmp_path / "out"
    assert filled("export", "--format", "markdown", "--output", out, "--name", "{year}/{title}").code == 0
    assert names(out) == ["2025/the-lighthouse-keepers-strike.md", "2026/how-the-old-harbour-was-built.md"]
    assert 'title: "How the Old Harbour Was Built"\n' in (out / names(out)[1]).read_text(encoding="utf-8")


def test_a_folder_is_brought_up_to_date_where_forced(filled, tmp_path):
    out = tmp_path / "out"
    harbour, lighthouse = ids(filled)
    assert filled("export", harbour, "--format", "html", "--output", out).code == 0
    assert filled("export", "--format", "html", "--output", out).code == 2
    assert filled("export", lighthouse, "--format", "html", "--output", out, "--force").code == 0
    assert len(names(out)) == 3


@pytest.mark.parametrize("output", ["texts/", "there"])
def test_text_is_a_folder_where_one_is_named(filled, tmp_path, output):
    (tmp_path / "there").mkdir()
    assert filled("export", "--format", "text", "--output", f"{tmp_path}/{output}").code == 0
    expected = ["2025-12-01-the-lighthouse-keepers-strike.txt", "2026-03-14-how-the-old-harbour-was-built.txt"]
    assert names(tmp_path / output) == expected


def test_a_book(filled, tmp_path):
    path = tmp_path / "all.epub"
    assert filled("export", "--output", path, "--title", "Coast").code == 0
    with zipfile.ZipFile(path) as book:
        assert b"<dc:title>Coast</dc:title>" in book.read("EPUB/package.opf")


def test_csv_has_the_columns_of_list(filled):
    listed, exported = (filled(*command, "--format", "csv", "--sort", "title").out for command in (["list"], ["export"]))
    assert list(csv.reader(io.StringIO(exported))) == list(csv.reader(io.StringIO(listed)))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "epub"], "is no text"),
        (["--format", "markdown"], "name the folder with --output"),
        (["--format", "csv", "--images"], "it is for markdown, html, epub"),
        (["--format", "json", "--title", "x"], "it is for html, epub"),
    ],
)
def test_what_a_format_cannot_do_is_said(filled, arguments, said):
    ran = filled("export", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_a_wrong_template_leaves_nothing(filled, tmp_path):
    ran = filled("export", "--format", "markdown", "--name", "{colour}", "--output", tmp_path / "out")
    assert ran.code == 2
    assert "{date}" in ran.err
    assert not (tmp_path / "out").exists()


def test_images_come_along(archiver, site, tmp_path):
    picture = f'<figure><img src="{site.url("/quay.png")}" alt="The quay"><figcaption>At low water</figcaption></figure>'
    page = tmp_path / "page.html"
    page.write_text(article_page().replace("stage 3.</p>", f"stage 3.</p>{picture}"), encoding="utf-8")
    archiver("fetch", page, "--url", site.url("/story"))
    ran = archiver("export", "--format", "markdown", "--images", "--output", tmp_path / "out")
    assert ran.code == 0
    assert "quay.png" in ran.err, "it is not there, and one line says so"
    (name,) = names(tmp_path / "out")
    assert f"![The quay]({site.url('/quay.png')})" in (tmp_path / "out" / name).read_text(encoding="utf-8")
