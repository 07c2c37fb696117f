"""The headline: which heading, which claim, and what is cut off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extraction import blocks, page, structured, title
from archiver.extraction.rules.titles import FAR_FROM_HEADLINE, HEADING_WEIGHTS, HEADLINE_HINT, SEPARATORS
from tests.support.patterns import Alternative, alternatives

if TYPE_CHECKING:
    from archiver.extraction.title import Headline

TITLE = "Boats Float Again at Little Quay"
URL = "https://quay-gazette.example/boats"


def found(html: str, *, url: str | None = URL) -> Headline:
    read = page.read(html, url=url)
    return title.find(read, blocks.measure(read.body), structured.collect(read))


def text(html: str) -> str | None:
    return found(html).text


def head(page_title: str, *, og: str = "", site: str = "") -> str:
    metas = f'<meta property="og:title" content="{og}">' * bool(og) + f'<meta property="og:site_name" content="{site}">' * bool(
        site
    )
    return f"<head><title>{page_title}</title>{metas}</head>"


def test_the_heading_that_agrees_with_what_the_page_calls_itself_is_the_headline():
    html = head(f"{TITLE} - Quay Gazette") + f"<body><h1>Quay Gazette</h1><h2>{TITLE}</h2><p>Text.</p><h2>More boats</h2>"
    assert text(html) == TITLE


def test_the_printed_headline_is_believed_before_one_made_for_sharing():
    assert text(head("Boats!", og="You will not believe these boats") + f"<h1>{TITLE}</h1>") == TITLE


def test_a_headline_in_several_pieces_is_one_line():
    assert text(head(TITLE) + "<h1>Boats Float<br>Again <span>at Little\n Quay</span></h1>") == TITLE


@pytest.mark.parametrize("mark", [": ", " – ", " | "])
def test_parts_that_a_page_sets_apart_by_type_are_written_as_a_claim_writes_them(mark: str):
    printed = "<h1><span>Boats</span> <b>Again at Little Quay</b></h1>"
    assert text(head("x", og=f"Boats{mark}Again at Little Quay") + printed) == f"Boats{mark}Again at Little Quay"
    assert text(head("x", og=f"The Boats{mark}again at Little Quay") + printed) == "Boats Again at Little Quay"


@pytest.mark.parametrize("label", ["Title:", "Titel: ", "Título：", "标题："])
def test_a_word_for_title_is_no_part_of_it(label: str):
    assert text(f"<h1><span>{label}</span>{TITLE}</h1>") == TITLE
    assert text("<h1>Title: </h1>") == "Title:"


def test_entities_and_white_space_are_normalised():
    assert text("<title>Tide &amp;amp; Time:\n\t a&nbsp;history</title>") == "Tide &amp; Time: a history"
    assert text("<h1>Tide &amp; Time:\n\t a&nbsp;history</h1>") == "Tide & Time: a history"


def test_a_mark_behind_a_heading_of_documentation_is_left_off():
    assert text(f"<h1>{TITLE} ¶</h1>") == TITLE


def test_every_block_that_prints_the_title_is_told():
    headline = found(head(TITLE) + f"<h2>{TITLE}</h2><p>By Jo Reed</p><h1>{TITLE}</h1><p>Text.</p>")
    assert headline.block == 2
    assert headline.blocks == {0, 2}


def test_a_title_printed_in_no_heading_is_found_in_the_text():
    headline = found(head(TITLE) + f"<p>Home</p><p><b>{TITLE}</b></p><p>Text.</p>")
    assert (headline.text, headline.block) == (TITLE, 1)


def test_evidence_says_who_agreed_and_who_lost():
    evidence = found(head(f"{TITLE} | Quay Gazette", og=TITLE) + f"<h1>{TITLE}</h1>").evidence
    assert evidence is not None
    assert (evidence.from_, evidence.at, evidence.agree) == ("dom", "h1", ("meta[property=og:title]",))
    assert [one.value for one in evidence.rejected] == [f"{TITLE} | Quay Gazette"]


@pytest.mark.parametrize(
    "html", ["", "<p>Text.</p>", "<title></title><h1> </h1>", "<title>Quay Gazette</title>" + head("", site="Quay Gazette")]
)
def test_a_page_without_a_title_has_none(html: str):
    assert text(html) is None


@pytest.mark.parametrize("sign", ["|", "•", "·", "»", "«", "›", ":", "~", "::", "//", "-", "–", "—"])
def test_the_sites_name_is_cut_off_either_end(sign: str):
    assert text(head(f"{TITLE} {sign} Quay Gazette", site="Quay Gazette")) == TITLE
    assert text(head(f"Quay Gazette {sign} {TITLE}", site="Quay Gazette")) == TITLE


SEPARATED = [f"{TITLE} {sign} Quay Gazette" for sign in ["|", "•", "·", "»", "«", "›", "~", "::", "//", "-", "–", "—"]]
SEPARATED += [f"{TITLE}|Quay Gazette", f"{TITLE}: Quay Gazette"]


@pytest.mark.parametrize("separator", alternatives(SEPARATORS), ids=lambda one: one.text)
def test_every_separator_is_missed(separator: Alternative, monkeypatch: pytest.MonkeyPatch):
    pages = [head(line, site="Quay Gazette") for line in SEPARATED]
    assert [text(html) for html in pages] == [TITLE] * len(pages)
    monkeypatch.setattr(title, "SEPARATORS", separator.left_out)
    assert [text(html) for html in pages] != [TITLE] * len(pages)


@pytest.mark.parametrize("name", ["Tide - Time - Boats", "Spring: a boat", "Well-kept boats | An essay"])
def test_a_dash_alone_is_no_reason_to_cut(name: str):
    assert text(head(name)) == name


def test_the_sites_name_is_cut_off_a_heading_too():
    assert text(head(TITLE, site="Quay Gazette") + f"<h1>{TITLE} – Quay Gazette</h1>") == TITLE
    assert text(head(TITLE) + f"<h1>{TITLE} – Harbour</h1>") == f"{TITLE} – Harbour"


@pytest.mark.parametrize("name", ["Quay-Gazette.example", "Quay Gazette"])
def test_the_sites_name_may_be_its_host_or_made_of_the_labels_of_it(name: str):
    hosts = ["https://news.quay-gazette.example/boats", "https://gazette.quay.example/boats"]
    assert TITLE in [found(f"<title>{TITLE} | {name}</title>", url=url).text for url in hosts]
    assert found(f"<title>{TITLE} | {name}</title>", url="https://ebb.example/boats").text == f"{TITLE} | {name}"


@pytest.mark.parametrize("heading", ["Dec 18 2025", "18. Dezember", "3 mai,"])
def test_a_date_before_the_headline_is_left_off_where_a_claim_has_none(heading: str):
    assert text(head(f"{TITLE} - Quay", og=TITLE) + f"<h1><i>{heading}</i> {TITLE}</h1>") == TITLE
    assert text(head(f"{heading} {TITLE}") + f"<h1>{heading} {TITLE}</h1>") == f"{heading} {TITLE}"


def test_what_is_cut_off_a_heading_is_printed_as_the_title_and_no_reason_to_disagree():
    headline = found(head(f"{TITLE} - Quay", og=TITLE) + f"<div><h1><div>May 21</div><div>{TITLE}</div></h1></div><p>Text.</p>")
    assert headline.text == TITLE
    assert headline.blocks == {0, 1}
    assert headline.evidence is not None
    assert "meta[property=og:title]" in headline.evidence.agree


@pytest.mark.parametrize("words", ["2025", "Dec", "Ten Facts:", "99 Days"])
def test_words_before_the_headline_that_are_no_date_stay(words: str):
    assert text(head(TITLE) + f"<h1>{words} {TITLE}</h1>") == f"{words} {TITLE}"


def test_a_tail_that_another_claim_does_not_have_is_cut():
    assert text(head(f"{TITLE} – Harbour – The North", og=TITLE)) == TITLE


@pytest.mark.parametrize(
    "name",
    [
        "Das Boot fährt wieder über den Fluss",
        "小码头的船又浮起来了，孩子们守夜",
        "عادت القوارب إلى الميناء الصغير",
        "Лодки снова на плаву у причала",
    ],
)
def test_titles_in_any_script_are_found(name: str):
    assert text(head(f"{name} | Quay Gazette", site="Quay Gazette") + f"<h1>{name}</h1>") == name


# the tables --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", HEADING_WEIGHTS)
def test_without_its_row_a_heading_is_no_headline(tag: str, monkeypatch: pytest.MonkeyPatch):
    html = head(f"{TITLE} and More") + f"<{tag}>{TITLE}</{tag}>"
    assert text(html) == TITLE
    monkeypatch.setattr(title, "_HEADING_TAGS", frozenset(HEADING_WEIGHTS) - {tag})
    assert text(html) != TITLE


def test_the_lower_a_heading_the_more_must_speak_for_it():
    weights = list(HEADING_WEIGHTS.values())
    assert weights == sorted(weights, reverse=True)
    assert text("<h1>Boats</h1>") == "Boats"
    assert [text(f"<{tag}>Boats</{tag}>") for tag in ("h2", "h3", "h4")] == [None, None, None]


@pytest.mark.parametrize("tag", sorted(FAR_FROM_HEADLINE))
def test_a_heading_in_a_corner_is_no_headline(tag: str, monkeypatch: pytest.MonkeyPatch):
    html = f"<{tag}><h1>Menu of boats</h1></{tag}><div class=page-title>{TITLE}</div>{head(TITLE)}"
    alone = f"<{tag}><h1>Menu of boats</h1></{tag}>"
    assert (text(html), text(alone)) == (TITLE, None)
    monkeypatch.setattr(title, "FAR_FROM_HEADLINE", FAR_FROM_HEADLINE - {tag})
    assert text(alone) == "Menu of boats"


NAMED = [
    "title",
    "headline",
    *(f"{what}title" for what in ("entry", "post", "article", "page", "story", "news", "content", "blog")),
]


@pytest.mark.parametrize("name", [*NAMED, "entry-title", "article_headline", "story__headline"])
def test_an_element_called_headline_may_be_one(name: str):
    assert text(head(f"{TITLE} and More") + f"<div class='{name}'>{TITLE}</div>") == TITLE


@pytest.mark.parametrize("word", alternatives(HEADLINE_HINT), ids=lambda word: word.text)
def test_every_word_that_calls_a_headline_is_missed(word: Alternative, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(title, "HEADLINE_HINT", word.left_out)
    found = [text(head(f"{TITLE} and More") + f"<div class='{name}'>{TITLE}</div>") for name in NAMED]
    assert found != [TITLE] * len(NAMED)


@pytest.mark.parametrize("name", ["subtitled", "title-bar", "entitled"])
def test_a_part_of_a_word_calls_nothing_a_headline(name: str):
    assert HEADLINE_HINT.search(name) is None


def test_a_hidden_heading_is_nobodys_headline():
    assert text(f"<h1 hidden>Menu of boats</h1>{head(TITLE)}") == TITLE


def test_a_form_folds_case_width_and_punctuation():
    assert title.form("“Ｂoats – Again!”") == title.form("boats again") == "boatsagain"


def test_what_the_site_calls_itself_comes_from_its_claims_and_its_host():
    read = page.read(head("", site="The Quay"), url=URL)
    assert title.site_names(read, structured.collect(read)) == {"thequay", "quaygazetteexample", "quaygazette"}


# any page ----------------------------------------------------------------------------------------------------------------

TAGS = st.lists(
    st.sampled_from(
        ["<h1>", "</h1>", "<h2 class=title>", "</h2>", "<title>", "</title>", "<p>", "Boats ", "| Quay ", "<nav>", " "]
    )
)


@settings(deadline=None)
@given(st.text(max_size=200) | TAGS.map("".join))
def test_any_page_has_a_title_that_is_printed_where_it_says_or_none(html: str):
    read = page.read(html, url=URL)
    layout = blocks.measure(read.body)
    headline = title.find(read, layout, structured.collect(read))
    assert headline.text is None or headline.text.strip()
    assert (headline.text is None) == (headline.evidence is None)
    assert all(0 <= block < len(layout.blocks) for block in headline.blocks)
    assert headline.block is None or headline.block in headline.blocks


def test_five_megabytes_of_title_are_cut_and_of_headings_only_so_many_are_read():
    huge = found(f"<title>{'boat ' * 1_000_000}</title>").text
    assert huge is not None
    assert len(huge) <= 2_000
    read = page.read("<h2>Boats and more boats</h2>" * 5_000)
    assert len(title._headings(blocks.measure(read.body))) == title.MAX_HEADINGS
