"""Marks: one search finds what each selector would find alone, in the same order and as often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import marks
from archiver.extraction.rules.bylines import AUTHOR_LINKS

PIECES = [
    '<meta name="a" content="b">',
    "<meta name=a>",
    '<meta itemprop="datePublished" content="2024">',
    '<meta property="schema:name" itemprop="name" content="x">',
    '<link rel="Canonical" href="/a">',
    '<link rel="image_src canonical" itemprop="url" href="/a">',
    '<link rel="author" href="/jo">',
    '<script type="application/LD+JSON">{}</script>',
    "<script>1</script>",
    "<time>today</time>",
    '<time datetime="2024-05-03" class="p-author" itemprop="dateCreated">3 May</time>',
    '<figure itemprop="image"><figcaption>A boat</figcaption></figure>',
    '<a rel="author" class="author byline" href="/author/jo" itemprop="author">Jo</a>',
    '<span class="vcard"><b class="fn p-author" property="schema:name">Jo</b></span>',
    '<span class="byline" property="dc:creator author" itemprop="author">Jo</span>',
    '<meta property="og:title" content="x">',
    '<a rel="License nofollow" itemprop="license" class="author" href="/by">x</a>',
    '<link rel="license canonical" href="/by">',
    "<p>Boats</p>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_one_search_finds_what_single_ones_find(html: str):
    tree = LexborHTMLParser(html)
    found = marks.find(tree)

    def alone(selector: str) -> list[int]:
        return [node.mem_id for node in tree.css(selector)]

    assert [node.mem_id for node in found.author_links] == list(dict.fromkeys(alone(AUTHOR_LINKS)))
    assert [node.mem_id for node in found.properties] == alone("[itemprop]")
    assert [node.mem_id for node in found.terms] == alone(":is([property]:not(meta), meta[property^='schema:'])")
    assert [node.mem_id for node in found.licences] == alone("[rel~=license]")
    assert [node.mem_id for node in found.scripts] == alone("script[type*='ld+json']")
    assert [node.mem_id for node in found.times] == alone("time[datetime]")
    assert [node.mem_id for node in found.figures] == alone("figure")
    assert found.metas == [node.attributes for node in tree.css("meta[content]")]
    assert found.links == [node.attributes for node in tree.css("link:is([rel~=canonical], [rel~=image_src])")]
