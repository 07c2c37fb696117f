"""Feed documents of every format, sound and broken."""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import feeds
from archiver.errors import NotAFeed
from archiver.feeds.markup import SNIFFED_BYTES

URL = "https://quay.example/feed.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Quay &amp; Shore</title><link>https://quay.example/</link>
<atom:link rel="self" href="https://quay.example/feed.xml"/><ttl>90</ttl>
<image><url>https://quay.example/logo.png</url><title>Logo</title><link>https://quay.example/logo</link></image>
<item><media:content url="x.jpg"><media:title>Not the title</media:title></media:content>
<title>Tide &amp;amp; time</title><link>/2026/tide?utm_source=rss#top</link><guid isPermaLink="false">q-1</guid>
<dc:creator>Ana de la Cruz</dc:creator>
<author>jo@quay.example (Jo Smith)</author><category>Tides</category><category>News</category>
<pubDate>Tue, 10 Mar 2026 10:00:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>All of it & more.</p>]]></content:encoded></item>
<item><title>Second</title><guid>https://quay.example/2026/second</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/blog/">
<title type="text">A &lt;b&gt; title</title><link rel="self" href="feed"/><link href="/"/>
<entry><title type="html">&lt;b&gt;Bold&lt;/b&gt; claim</title><link rel="enclosure" href="https://x.example/a.mp3"/>
<link rel="alternate" href="posts/1"/><id>urn:1</id><published>2026-03-01T10:00:00Z</published>
<updated>2026-03-02T10:00:00.5Z</updated>
<author><name>Ana</name><email>a@x.example</email></author><category term="t" label="Tides"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Para <em>one</em>.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://rdf.example/"><title>Old feed</title><link>https://rdf.example/</link>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item rdf:about="https://rdf.example/a"><title>A</title><link>https://rdf.example/a</link><dc:date>2026-01-02</dc:date></item>
</rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "/", "items": [
{"id": 7, "url": "/7", "title": "Seven", "content_text": "a < b", "date_published": "2026-03-01T00:00:00+00:00",
 "authors": [{"name": "Ana"}, {}], "tags": ["t", 3]}, "not an item", {"id": "https://quay.example/8"}]}"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://quay.example/n/1</loc><lastmod>2026-03-02</lastmod><news:news><news:publication><news:name>Q</news:name>
</news:publication><news:publication_date>2026-03-01T08:00:00+00:00</news:publication_date><news:title>News one</news:title>
<news:keywords>a, b</news:keywords></news:news></url><url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://quay.example/s1.xml.gz</loc><lastmod>2026-03-02</lastmod></sitemap>
<sitemap><loc>s2.xml</loc></sitemap><sitemap/></sitemapindex>"""


def parse(text, **options):
    return feeds.parse(text.encode() if isinstance(text, str) else text, URL, **options)


def test_rss_gives_what_it_says():
    feed = parse(RSS)
    assert (feed.format, feed.title, feed.home) == ("rss", "Quay & Shore", "https://quay.example/")
    assert feed.interval == timedelta(minutes=90)
    first, second = feed.entries
    assert first.link == "https://quay.example/2026/tide?utm_source=rss"
    assert first.guid == "q-1"
    assert first.title == "Tide & time"
    assert first.authors == ("Ana de la Cruz", "Jo Smith")
    assert first.categories == ("Tides", "News")
    assert first.published == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert first.content == "<p>All of it & more.</p>"
    assert first.summary == "Short."
    assert second.link == "https://quay.example/2026/second"
    assert feed.problems == ()


def test_prefixes_that_nobody_declared_are_understood():
    first = parse(re.sub(r' xmlns:\w+="[^"]*"', "", RSS)).entries[0]
    assert (first.title, first.authors) == ("Tide & time", ("Ana de la Cruz", "Jo Smith"))
    assert first.content == "<p>All of it & more.</p>"


def test_a_guid_that_is_no_permalink_is_no_link():
    assert parse(RSS.replace("<guid>https", '<guid isPermaLink="false">https')).entries[1].link is None


def test_atom_gives_what_it_says():
    feed = parse(ATOM)
    assert (feed.format, feed.title, feed.home) == ("atom", "A <b> title", "https://atom.example/")
    (entry,) = feed.entries
    assert entry.link == "https://atom.example/blog/posts/1"
    assert entry.title == "Bold claim"
    assert entry.published == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert entry.updated == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert entry.authors == ("Ana",)
    assert entry.categories == ("Tides",)
    assert entry.content is not None
    assert "<p>Para <em>one</em>.</p>" in entry.content
    assert "xmlns" not in entry.content


def test_elements_that_html_does_not_know_are_spans():
    (entry,) = parse(ATOM.replace("<em>", "<http://x>").replace("</em>", "</http://x>")).entries
    assert entry.content is not None
    assert "<span" in entry.content
    assert "one" in entry.content


def test_rdf_gives_what_it_says():
    feed = parse(RDF)
    assert (feed.format, feed.title, feed.interval) == ("rdf", "Old feed", timedelta(hours=12))
    assert feed.entries[0].guid == "https://rdf.example/a"
    assert feed.entries[0].published == datetime(2026, 1, 2, tzinfo=UTC)


def test_json_feed_gives_what_it_says():
    feed = parse(JSON)
    assert (feed.format, feed.title, feed.home) == ("json", "J", "https://quay.example/")
    seven, eight = feed.entries
    assert (seven.link, seven.guid, seven.title, seven.authors) == ("https://quay.example/7", "7", "Seven", ("Ana",))
    assert seven.content == "<p>a &lt; b</p>"
    assert seven.categories == ("t",)
    assert eight.link == "https://quay.example/8"


def test_what_utf8_cannot_hold_is_replaced():
    feed = parse(JSON.replace("Seven", "Sev\\ud800en").replace("a < b", "\\udfff").replace('"id": 7', '"id": "\\ud83d"'))
    (first, *_) = feed.entries
    for text in (first.title, first.guid, first.content):
        assert text is not None
        assert text.encode()
    assert first.title == "Sev?en"


@pytest.mark.parametrize("text", ['{"a": 1}', "{", '{"items": 3}', "{" * 100_000])
def test_other_json_is_no_feed(text):
    with pytest.raises(NotAFeed):
        parse(text)


def test_sitemaps_are_feeds():
    feed = parse(NEWS)
    assert feed.format == "sitemap"
    first, second = feed.entries
    assert (first.link, first.title) == ("https://quay.example/n/1", "News one")
    assert first.published == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert first.updated == datetime(2026, 3, 2, tzinfo=UTC)
    assert first.categories == ("a", "b")
    assert second.link is None


def test_comments_are_no_part_of_an_entry():
    for text in (NEWS.replace("<loc>", "<!-- a --><loc>"), NEWS.replace("<news:title>", "<?x y?><news:title>")):
        assert parse(text) == parse(NEWS)
    assert parse(RSS.replace("<link>", "<!-- a --><link>")) == parse(RSS)


def test_a_sitemap_index_names_its_children():
    feed = parse(INDEX)
    assert feed.format == "sitemap index"
    assert [child.url for child in feed.children] == ["https://quay.example/s1.xml.gz", "https://quay.example/s2.xml"]
    assert feed.children[0].modified == datetime(2026, 3, 2, tzinfo=UTC)


def test_gzip_is_undone():
    assert parse(gzip.compress(NEWS.encode())) == parse(NEWS)


def test_damaged_gzip_is_no_feed():
    with pytest.raises(NotAFeed, match="gzip"):
        parse(b"\x1f\x8bnot really")


def test_a_bomb_ends_at_the_bound(monkeypatch):
    monkeypatch.setattr(feeds, "MAX_BYTES", 10_000)
    with pytest.raises(NotAFeed, match="larger"):
        parse(gzip.compress(b"<rss>" + b" " * 20_000))


def test_entries_end_at_the_bound_and_it_is_said():
    feed = parse(RSS, max_entries=1)
    assert len(feed.entries) == 1
    assert "more than 1" in feed.problems[0]


BROKEN = {
    "a named entity": RSS.replace("Second", "Caf&eacute; &nbsp;two"),
    "a bare ampersand": RSS.replace("Second", "Sand & stone"),
    "a control character": RSS.replace("Second", "Sec\x08ond"),
    "cut short": RSS[: RSS.index("</item>\n</channel>")],
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_an_ill_formed_feed_is_read_as_far_as_it_goes(text):
    feed = parse(text)
    first = next(entry for entry in feed.entries if entry.title == "Tide & time")
    assert first.content == "<p>All of it & more.</p>"
    assert "not well-formed" in feed.problems[0]


def test_an_open_tag_costs_what_stands_in_it_and_no_entry():
    feed = parse(RSS.replace("<category>News</category>", "<category>News"))
    assert sorted(str(entry.link) for entry in feed.entries) == sorted(str(entry.link) for entry in parse(RSS).entries)


def test_repairs_keep_the_words():
    assert parse(BROKEN["a named entity"]).entries[1].title == "Café two"
    assert parse(BROKEN["a bare ampersand"]).entries[1].title == "Sand & stone"
    assert parse(BROKEN["a control character"]).entries[1].title == "Second"


@pytest.mark.parametrize("before", ["\n\n ", "\ufeff", "<!-- made by hand -->", "PHP Warning: oops in line 3\n"])
def test_what_stands_before_the_feed_does_not_matter(before):
    assert len(parse(before + RSS).entries) == 2


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RSS.replace("Second", "Café"), "latin-1"),  # and calls itself UTF-8
        (RSS.replace("Second", "Café").replace('encoding="utf-8"', 'encoding="iso-8859-1"'), "latin-1"),
        (RSS.replace("Second", "Café").replace('encoding="utf-8"', 'encoding="iso-8859-1"'), "utf-8"),
        (RSS.replace("Second", "Café"), "utf-16"),
    ],
)
def test_the_encoding_is_found_whatever_is_said(text, encoding):
    assert parse(text.encode(encoding)).entries[1].title == "Café"


def test_http_names_the_charset_where_the_document_does_not():
    text = RSS.replace(' encoding="utf-8"', "").replace("Second", "Łódź")
    assert parse(text.encode("iso-8859-2"), charset="iso-8859-2").entries[1].title == "Łódź"


@pytest.mark.parametrize("said", ["punycode", "unicode_escape", "rot13", "zip", "nonsense", "undefined"])
def test_a_charset_that_is_none_is_not_believed(said):
    text = RSS.replace("utf-8", said).replace("Second", "Caf\\u0021 é" + "-a9b" * 100_000)
    title = parse(text.encode("cp1252")).entries[1].title
    assert title is not None
    assert title.startswith("Caf\\u0021 é-a9b")


def test_missing_outer_elements_are_forgiven():
    item = RSS[RSS.index("<item>") : RSS.index("</channel>")]
    assert parse(item).entries[0].title == "Tide & time"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("<!doctype html><html><body><p>Log in</p>", "HTML"),
        ("<p>oops", "HTML"),
        ('<opml version="2.0"><body/></opml>', "OPML"),
        ("<svg/>", "no feed"),
        ("hello", "no feed"),
    ],
)
def test_what_is_no_feed_is_said(text, says):
    with pytest.raises(NotAFeed, match=says):
        parse(text)


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">{more}]>'.format(
    more="".join(f'<!ENTITY {chr(98 + n + 1)} "{f"&{chr(98 + n)};" * 10}">' for n in range(12))
)


def test_entities_of_the_documents_own_are_not_expanded():
    feed = parse(LAUGHS + RSS.partition("?>")[2].replace("Second", "&n; laughs"))
    assert feed.entries[1].title is not None
    assert len(feed.entries[1].title) < 20


@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "-//x"'])
def test_external_entities_are_not_read(tmp_path, kind):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    opened = []
    sys.addaudithook(lambda event, arguments: opened.append(arguments[0]) if event == "open" else None)
    bait = (
        f'<!DOCTYPE rss {kind} "{secret.as_uri()}" [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "{secret}">%p;]>'
    )
    feed = parse(bait + RSS.partition("?>")[2].replace("Second", "a &x; b"))
    assert feed.entries[1].title == "a &x; b"
    assert not [name for name in opened if "secret" in str(name)]


def test_a_long_author_costs_no_more_than_its_length():
    """A pattern that goes back and forth would take minutes."""
    hostile = RSS.replace("jo@quay.example (Jo Smith)", "a" * 500_000).replace("Ana de la Cruz", "(" * 500_000)
    assert len(parse(hostile).entries) == 2


@pytest.mark.parametrize("piece", ["<![CDATA[", "&", "&a;", "<item>", "<item><title>", "<!DOCTYPE [", "<!--", "<a b='"])
def test_a_hostile_document_costs_no_more_than_its_length(piece):
    parse("<rss><channel>" + piece * 100_000)


def test_a_link_to_elsewhere_than_the_web_is_none():
    for link in ("javascript:alert(1)", "mailto:a@x.example", "file:///etc/passwd", "data:text/html,x"):
        assert parse(RSS.replace("/2026/tide?utm_source=rss#top", link)).entries[0].link is None


def test_the_root_must_come_early():
    with pytest.raises(NotAFeed):
        parse("<!--" + "x" * SNIFFED_BYTES + "-->" + RSS)


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_a_feed_or_no_feed(noise):
    for payload in (noise, b"<rss><channel><item>" + noise, RSS.encode().replace(b"Second", noise), b"{" + noise):
        with contextlib.suppress(NotAFeed):
            feeds.parse(payload, URL)


def test_a_long_feed_is_read_without_a_tree_of_it():
    item = RSS[RSS.index("<item>") : RSS.index("</item>") + 7]
    long = RSS.replace(item, item * 5000)
    document = feeds.markup.Document(long.encode())
    for _ in document.items(frozenset({"item"})):
        pass
    assert document.root is not None
    assert sum(1 for _ in document.root.iter()) < 30
    assert len(feeds.parse(io.BytesIO(long.encode()).getvalue(), URL).entries) == 5001
