"""Section trail, tags, standfirst."""

from __future__ import annotations

import pytest

from tests.support.small_pages import TITLE, extracted


@pytest.mark.parametrize(
    "trail",
    [
        f'<div><a href="/">Home</a> » <a href="/n">Nature</a> » <a href="/c">Coast</a> » {TITLE}</div>',
        f'<ol class="breadcrumb"><li><a href="/">Home</a></li><li>Nature</li><li>Coast</li><li>{TITLE}</li></ol>',
        '<nav aria-label="Breadcrumb"><a href="/">Startseite</a> / <a href="/n">Nature</a> / <a href="/c">Coast</a></nav>',
        '<div class="breadcrumbs"><a href="/">Home</a><a href="/n">Nature</a><a href="/c">Coast</a></div>',
    ],
)
def test_printed_trail(trail: str):
    assert extracted(above=trail).section == ("Nature", "Coast")


def test_trail_is_not_part_of_the_body():
    assert "Nature" not in extracted(above='<p><a href="/">Home</a> » <a href="/n">Nature</a></p>').body.text


def test_section_from_meta_where_no_trail_is_printed():
    article = extracted(head='<meta property="article:section" content="Nature">')
    assert article.section == ("Nature",)
    assert article.evidence["section"].from_ == "meta"


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        (
            '<meta property="article:tag" content="Tides"><meta property="article:tag" content="Boats, old">',
            ("Tides", "Boats, old"),
        ),
        ('<meta name="news_keywords" content="tides, boats, tides">', ("tides", "boats")),
        ("", ()),
    ],
)
def test_tags(head: str, tags: tuple[str, ...]):
    assert extracted(head=head).tags == tags


def test_standfirst_is_a_field_and_no_body():
    article = extracted(below='<p class="article-standfirst">A sandbar gave way, and three hulls are at sea.</p>')
    assert article.subtitle == "A sandbar gave way, and three hulls are at sea."
    assert "three hulls are at sea" not in article.body.text


def test_first_paragraph_is_no_standfirst():
    assert extracted(head='<meta name="description" content="Three hulls are afloat.">').subtitle is None
