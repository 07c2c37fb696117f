"""Names that their markup tells from the rest of a line: links to authors, and what is marked as one."""

from __future__ import annotations

import pytest

from archiver.extraction import marks
from archiver.extraction.rules.bylines import AUTHOR_LINKS
from tests.extraction.test_bylines import below, claims

LINKED = {
    "[rel~=author]": '<p>Saw it: <i rel="author">Jo Reed</i> today</p>',
    "a[class*=author]": '<p>Saw it: <a class="x-author">Jo Reed</a> today</p>',
    "span[class*=author]": '<p>Saw it: <span class="x-author">Jo Reed</span> today</p>',
    "a[class*=byline]": '<p>Saw it: <a class="x-byline">Jo Reed</a> today</p>',
    "span[class*=byline]": '<p>Saw it: <span class="x-byline">Jo Reed</span> today</p>',
    ".vcard .fn": '<p class="vcard">Saw it: <b class="fn">Jo Reed</b> today</p>',
    ".p-author": '<p>Saw it: <b class="p-author">Jo Reed</b> today</p>',
    "a[href*='/author']": '<p>Saw it: <a href="/authors/jo">Jo Reed</a> today</p>',
    "a[href*='/autor/']": '<p>Saw it: <a href="/autor/jo">Jo Reed</a> today</p>',
    "a[href*='/autoren/']": '<p>Saw it: <a href="/autoren/jo">Jo Reed</a> today</p>',
    "a[href*='/contributor']": '<p>Saw it: <a href="/contributors/jo">Jo Reed</a> today</p>',
}


def test_every_way_to_mark_an_author_has_its_case():
    assert list(LINKED) == AUTHOR_LINKS.split(", ")


@pytest.mark.parametrize("selector", LINKED)
def test_a_name_marked_inside_a_line_is_claimed_and_every_mark_is_missed(selector: str, monkeypatch: pytest.MonkeyPatch):
    assert ("author", "dom author-link", "Jo Reed") in below(LINKED[selector])
    monkeypatch.setattr(marks, "SELECTORS", [other for other in LINKED if other != selector])
    assert ("author", "dom author-link", "Jo Reed") not in below(LINKED[selector])


def test_a_portrait_may_stand_before_the_name_in_its_link():
    portrait = '<div><img src="/jo.jpg" alt=""></div>'
    assert ("author", "dom author-link", "Jo Reed") in below(f'<a href="/author/jo">{portrait}<div>Jo Reed</div></a>')


def test_a_link_to_all_that_somebody_wrote_is_no_name():
    assert below('<p><a href="/author/jo">More by Jo Reed</a></p>') == []


@pytest.mark.parametrize(
    ("link", "at"),
    [
        ('<a href="/author/jo" rel="noopener author">', "a[rel=author]"),
        ('<a href="/author/jo" rel="noopener" class="who big">', "a.who"),
        ('<a href="/author/jo">', "a"),
    ],
)
def test_the_place_of_a_link_is_told(link: str, at: str):
    assert [one.at for one in claims(below=f"<p>Saw it: {link}Jo Reed</a> today</p>")] == [at]
