"""`archiver diff`: what changed between two versions."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from tests.cli.test_history import URL, looks
from tests.support.articles import article_page

__all__ = ["looks"]

OLD = "<p>The wall of 1911 stood on oak piles and nothing else.</p>"
NEW = "<p>The wall of 1912 stood on pine piles and nothing else.</p><p>Nobody &lt;b&gt; asked why.</p>"


@pytest.fixture
def changed(archiver, looks):
    looks(article_page(body=OLD), 1)
    looks(article_page("The Old Harbour Rebuilt", body=NEW), 2)
    return archiver


def test_marked_for_readers(changed):
    ran = changed("diff", URL)
    assert ran.code == 0
    assert "title: [-How the Old Harbour Was Built-] {+The Old Harbour Rebuilt+}" in ran.out
    assert "The wall of [-1911-]{+1912+} stood on [-oak-]{+pine+} piles and nothing else." in ran.out
    assert "{+Nobody <b> asked why.+}" in ran.out
    assert "text changed, no date moved (silent edit)" in ran.out
    assert "… 5 paragraphs unchanged …" in ran.out
    assert "6 words added, 2 removed" in ran.out


def test_context(changed):
    assert "… 6 paragraphs unchanged …" in changed("diff", URL, "--context", "0").out
    assert "unchanged" not in changed("diff", URL, "--context", "9").out


def test_as_json_both_texts_can_be_read(changed, archive):
    document = json.loads(changed("diff", URL, "--json").out)
    assert document["before"]["number"] == 1
    assert document["after"]["fetched_at"].startswith("2026-04-02")
    assert [one["name"] for one in document["fields"]] == ["title"]

    def text(kind):
        lines = (
            "".join(one["text"] for one in part["spans"] if one["kind"] in ("same", kind)) for part in document["paragraphs"]
        )
        return "\n\n".join(filter(None, lines))

    (old,) = archive.glob("versions/*/*.json")
    (new,) = archive.glob("articles/*/*.json")
    assert text("removed") == json.loads(old.read_text())["body"]["text"]
    assert text("added") == json.loads(new.read_text())["body"]["text"]


@pytest.mark.parametrize("context", [0, 1, 9])
def test_a_program_that_reads_diffs_makes_the_later_text_of_the_earlier(changed, archive, tmp_path, context):
    (old,) = archive.glob("versions/*/*.json")
    (new,) = archive.glob("articles/*/*.json")
    text = tmp_path / "text"
    text.write_text(json.loads(old.read_text())["body"]["text"] + "\n")
    difference = changed("diff", URL, "--format", "unified", "--context", context).out
    try:
        subprocess.run(["patch", str(text)], input=difference, text=True, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no patch")
    assert text.read_text() == json.loads(new.read_text())["body"]["text"] + "\n"


def test_the_page_is_closed_and_escaped(changed, looks):
    looks(
        article_page("<script>alert(1)</script>".replace("<", "&lt;"), body="<p>&lt;img src=x onerror=alert(1)&gt; came.</p>"),
        3,
    )
    page = changed("diff", URL, "--format", "html").out
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "<del>" in page
    assert "<ins>" in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src &#x27;none&#x27;; style-src &#x27;sha256-")
    assert "unsafe" not in policy[1]
    assert "http" not in re.sub(r"https://example\.org/harbour|http-equiv", "", page)


def test_the_style_is_the_one_that_the_policy_lets_through(changed):
    import base64
    import hashlib

    page = changed("diff", URL, "--format", "html").out
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert style
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() in page


def test_any_two_versions(changed, looks):
    looks(article_page("A third headline"), 3)
    ran = changed("diff", URL, "3", "1")
    assert "title: [-A third headline-] {+How the Old Harbour Was Built+}" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1"], "Give two versions"),
        (["1", "9"], "there is no version 9 (give one from 1 to 2"),
        (["0", "1"], "0 is not in the range"),
    ],
)
def test_versions_that_are_none(changed, arguments, said):
    ran = changed("diff", URL, *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_an_article_with_one_version(archiver, looks):
    looks(article_page(), 1)
    ran = archiver("diff", URL)
    assert ran.code == 2
    assert "there is one version only" in ran.err


@pytest.mark.parametrize("form", ["text", "html", "unified", "json"])
def test_nothing_reaches_the_terminal_that_it_would_act_on(archiver, looks, form):
    looks(article_page(), 1)
    looks(article_page("Bell \x07 and \x1b[31mred \u202eturned", body="<p>\x1b]0;owned\x07 text \u2028 here.</p>"), 2)
    out = archiver("diff", URL, "--format", form).out
    assert not set(out) & set("\x1b\x07\u202e\u2028")


def test_a_damaged_record_is_damage_and_no_want_of_versions(changed, archive):
    (path,) = archive.glob("articles/*/*.json")
    path.write_text("{")
    ran = changed("diff", URL)
    assert ran.code == 5
    assert str(path) in ran.err
    assert "one version" not in ran.err
