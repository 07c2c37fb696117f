"""What a rule gives for a field outranks everything, and what lost stays in the evidence."""

from __future__ import annotations

import pytest

from archiver.article import Author, Rejected
from archiver.extraction import extract
from tests.support.site_rules import rule_of
from tests.support.small_pages import TITLE, URL
from tests.support.small_pages import page as small_page

RULE = "quay-gazette.example.toml"


def extracted(fields: str, **parts: str):
    return extract(small_page(**parts), url=URL, fetched_at="2024-06-01T12:00:00Z", rule=rule_of("[fields]\n" + fields))


def test_the_title_is_printed_where_the_rule_found_it():
    article = extracted('title = ".kicker + p"', above="<b class=kicker>Now</b><p>The Tide Is Back</p>")
    assert article.title == "The Tide Is Back"
    assert "The Tide Is Back" not in article.body.text
    evidence = article.evidence["title"]
    assert (evidence.from_, evidence.at, evidence.value) == ("rule", f"{RULE}: .kicker + p", "The Tide Is Back")
    assert Rejected("dom", "h1", TITLE) in evidence.rejected


def test_claims_that_agree_with_the_rule_are_told_apart_from_those_that_lost():
    head = '<meta property="og:title" content="The Tide Is Back"><meta name="twitter:title" content="Tide!">'
    evidence = extracted('title = ".new"', head=head, above="<p class=new>The Tide is back</p>").evidence["title"]
    assert evidence.agree == ("meta[property=og:title]",)
    assert {one.value for one in evidence.rejected} == {TITLE, "Tide!"}


def test_a_rule_that_says_what_all_say_has_no_losers():
    evidence = extracted('title = "h1"').evidence["title"]
    assert (evidence.from_, evidence.rejected) == ("rule", ())
    assert "h1" in evidence.agree


@pytest.mark.parametrize(
    ("printed", "names", "byline"),
    [
        ("By Jo Smith and Ana de la Cruz", ["Jo Smith", "Ana de la Cruz"], "Jo Smith, Ana de la Cruz"),
        ("JO SMITH, MD", ["Jo Smith"], "Jo Smith"),
    ],
)
def test_authors_are_names(printed, names, byline):
    article = extracted('authors = ".w"', head='<meta name=author content="Pat Lee">', behind=f"<p class=w>{printed}</p>")
    assert ([author.name for author in article.authors], article.byline) == (names, byline)
    assert [one.value for one in article.evidence["authors"].rejected] == ["Pat Lee"]


def test_each_author_has_a_link_of_their_own():
    article = extracted('authors = ".w a"', behind="<p class=w><a href=/jo>Jo Smith</a> <a href=/ana>Cruz, Ana</a></p>")
    assert article.authors == (
        Author("Jo Smith", None, "https://quay-gazette.example/jo"),
        Author("Ana Cruz", None, "https://quay-gazette.example/ana"),
    )


def test_authors_follow_from_the_byline():
    article = extracted('byline = ".w"', behind="<p class=w>Text: Jo Smith | 3 May 2024</p>")
    assert [author.name for author in article.authors] == ["Jo Smith"]


def test_what_names_nobody_is_no_author():
    article = extracted('authors = ".w"', head='<meta name=author content="Pat Lee">', behind="<p class=w>admin</p>")
    assert [author.name for author in article.authors] == ["Pat Lee"]
    assert article.evidence["authors"].from_ == "meta"


@pytest.mark.parametrize(
    ("printed", "day"),
    [("Posted on 3 May 2024 at noon", "2024-05-03"), ("05/03/2024", "2024-05-03"), ("2 days ago", "2024-05-30")],
)
def test_dates_are_read_as_elsewhere(printed, day):
    article = extracted('published = ".d"', behind=f"<p class=d>{printed}</p>")
    assert article.dates.published == day


@pytest.mark.parametrize("printed", ["yesteryear", "3 May 2031"])
def test_what_is_no_date_or_still_to_come_is_not_taken(printed):
    head = '<meta property="article:published_time" content="2024-01-02">'
    article = extracted('published = ".d"', head=head, behind=f"<p class=d>{printed}</p>")
    assert (article.dates.published, article.evidence["dates.published"].from_) == ("2024-01-02", "meta")


def test_a_change_before_publication_is_dropped_unless_the_rule_says_it_too():
    head = '<meta property="article:modified_time" content="2024-01-02">'
    behind = "<p><b class=d>3 May 2024</b> <b class=m>2 May 2024</b></p>"
    assert extracted('published = ".d"', head=head, behind=behind).dates.modified is None
    both = extracted('published = ".d"\nmodified = ".m"', head=head, behind=behind)
    assert (both.dates.published, both.dates.modified) == ("2024-05-03", "2024-05-02")


def test_the_reviewer_is_a_name():
    assert extracted('reviewed_by = ".r"', behind="<p class=r>Medically reviewed by Pat Lee, MD</p>").reviewed_by == "Pat Lee"


def test_the_publisher_outranks_the_sites_name():
    article = extracted(
        'publisher = ".p"', head='<meta property="og:site_name" content="Quay Web">', behind="<p class=p>The Quay</p>"
    )
    assert article.source.publisher == "The Quay"
    assert article.evidence["source.publisher"].rejected[0].value == "Quay Web"


def test_the_credited_source_has_its_link():
    credited = extracted('credited = ".s a"', behind="<p class=s><a href=//wire.example/>The Wire</a></p>").source.credited
    assert [(one.name, one.url) for one in credited] == [("The Wire", "https://wire.example/")]


def test_a_trail_is_split_and_begins_below_home():
    assert extracted('section = ".t"', above="<p class=t>Home / Coast / Boats</p>").section == ("Coast", "Boats")
    assert extracted('section = ".t a"', above="<p class=t><a>Coast</a><a>Boats</a></p>").section == ("Coast", "Boats")


def test_tags_are_counted_once():
    assert extracted('tags = ".t"', behind="<p class=t>boats, tides, boats</p>").tags == ("boats", "tides")


def test_an_image_has_the_caption_of_its_figure():
    figure = "<figure><img class=i src=/a.jpg width=600 height=400><figcaption>The quay.</figcaption></figure>"
    image = extracted('image = ".i"', behind=figure).image
    assert image is not None
    assert (image.url, image.caption) == ("https://quay-gazette.example/a.jpg", "The quay.")


def test_an_address_that_is_none_is_not_taken():
    article = extracted(
        'image = ".i@data-x"\ncanonical_url = ".i@data-x"', behind="<p><b class=i data-x='mailto:a@b'>x</b></p>"
    )
    assert (article.image, article.canonical_url) == (None, None)
