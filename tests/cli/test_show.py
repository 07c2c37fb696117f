"""`archiver show`."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.support.articles import article_page
from tests.support.servers import Response, serve


@pytest.fixture
def article_id(filled):
    return json.loads(filled("list", "--json", "--author", "Cruz").out)[0]["id"]


def test_piped_it_is_title_and_text(filled, article_id):
    out = filled("show", article_id).out
    assert out.startswith("How the Old Harbour Was Built\n\n")
    assert "oak piles" in out


def test_an_id_may_be_shortened_and_a_url_will_do(filled, article_id, site):
    whole = filled("show", article_id).out
    assert filled("show", article_id[:5]).out == whole
    assert filled("show", site.url("/harbour")).out == whole


def test_json_is_the_record(filled, article_id, archive):
    record = next(archive.glob(f"articles/*/*{article_id}.json"))
    assert json.loads(filled("show", article_id, "--json").out) == json.loads(record.read_text())


def test_markdown_and_html(filled, article_id):
    assert filled("show", article_id, "--format", "markdown").out.startswith("# How the Old Harbour Was Built\n\n")
    assert "<p>" in filled("show", article_id, "--format", "html").out


def test_typeset_it_shows_who_when_and_where(filled, article_id, site):
    out = filled("show", article_id, "--format", "terminal").out
    for words in (
        "How the Old Harbour Was Built",
        "By Ana de la Cruz",
        "The Coast Review",
        "Published 2026-03-14",
        "oak piles",
    ):
        assert words in out
    assert site.url("/harbour") in out


@pytest.mark.parametrize("name", ["ffffffffffffffff", "https://example.org/not-there", "../../etc/passwd", "x\0y", ""])
def test_what_is_not_in_the_archive_is_exit_4(filled, name):
    ran = filled("show", name)
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 1


def test_an_ambiguous_beginning_names_the_candidates(archiver, tmp_path):
    (tmp_path / "saved.html").write_text(article_page())
    for number in range(17):  # of seventeen IDs two begin with the same of sixteen digits
        archiver("fetch", tmp_path / "saved.html", "--url", f"https://example.org/{number}")
    ids = archiver("list", "--format", "ids").out.split()
    shared, _ = Counter(article_id[0] for article_id in ids).most_common(1)[0]
    ran = archiver("show", shared)
    assert ran.code == 2
    assert next(article_id for article_id in ids if article_id[0] == shared) in ran.err


def test_a_damaged_record_is_exit_5(filled, article_id, archive):
    next(archive.glob(f"articles/*/*{article_id}.json")).write_text("[]")
    assert filled("show", article_id).code == 5


def test_typeset_it_shows_what_the_user_says(filled, article_id):
    filled("tag", article_id, "tides", "to cite")
    filled("star", article_id)
    filled("note", article_id, "Second line\nhas \x1b[31m red.")
    out = filled("show", article_id, "--format", "terminal").out
    assert "★ · Your tags: tides, to cite\n" in out
    assert "Your note: Second line\nhas \\u001b[31m red.\n" in out
    assert "to cite" not in filled("show", article_id).out, "text and record are the page's alone"


def test_damaged_remarks_do_not_hide_the_article(filled, article_id, archive):
    file = archive / "remarks" / article_id[:2] / f"{article_id}.json"
    file.parent.mkdir(parents=True)
    file.write_text("half")
    ran = filled("show", article_id, "--format", "terminal")
    assert ran.code == 0
    assert "Old Harbour" in ran.out
    assert str(file) in ran.err


def test_it_is_set_as_wide_as_asked(filled, article_id):
    lines = filled("show", article_id, "--width", "40").out.splitlines()
    assert max(map(len, lines)) <= 40
    assert len(lines) > len(filled("show", article_id, "--width", "70").out.splitlines())
    assert filled("show", article_id, "--width", "3").code == 2


def test_plain_is_typeset_without_an_escape_sequence(filled, article_id, monkeypatch):
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    assert "\x1b[" in filled("show", article_id, "--format", "terminal").out
    plain = filled("show", article_id, "--plain").out
    assert "\x1b" not in plain
    assert "Published" in plain, "typeset, not only title and text"


def test_links_without_colour_are_numbered_and_listed(archiver):
    page = article_page().replace("</p>", ' See <a href="/gauges">the gauges</a>.</p>', 1)
    with serve({"/linked": Response(page)}) as site:
        article_id = archiver("fetch", site.url("/linked")).out.split("\t")[0]
    out = archiver("show", article_id, "--plain").out
    assert "the gauges [1]" in " ".join(out.split())
    assert f"[1] {site.url('/gauges')}" in out


def test_sightings_that_cannot_be_read_are_named_and_the_article_is_shown(filled, archive, site):
    document = json.loads(filled("show", site.url("/harbour"), "--json").out)
    file = archive / "sightings" / document["id"][:2] / f"{document['id']}.json"
    file.parent.mkdir(parents=True)
    file.write_text("{")
    ran = filled("show", site.url("/harbour"), "--format", "terminal")
    assert ran.code == 0
    assert "How the Old Harbour" in ran.out
    assert str(file) in ran.err
