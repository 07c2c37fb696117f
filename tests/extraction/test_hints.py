"""The tables that judge blocks: every row decides something."""

from __future__ import annotations

import re
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks, content, weighing
from archiver.extraction.rows import Tables
from archiver.extraction.rules.hints import HINTS, Hint
from archiver.extraction.rules.phrases import PHRASES, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

PROSE = "The small ferry between the two banks of the river is running again, nine years after the last one was sold. "
WRAPPERS = {
    "table": "<table><tr><td>{}</td></tr></table>",
    "dl": "<dl><dd>{}</dd></dl>",
    "ul": "<ul><li>{}</li></ul>",
}


def exhibits() -> Iterator[str]:
    """Blocks that look a little more or a little less like text, from surely kept to surely dropped."""
    lengths = (8, 20, 40, 80, 130, 250)
    linked = (0, 0.1, 0.3, 0.5, 0.8, 1)
    for number, (tag, length, share, end) in enumerate(product(("p", "div", "h2", "h1"), lengths, linked, (".", ""))):
        text = (f"{number} " + PROSE * 3)[:length].rstrip(" .")
        cut = round(len(text) * share)
        yield f"<{tag}><a href=/>{text[:cut]}</a>{text[cut:]}{end}</{tag}>"


def page(wrapper: str) -> str:
    """An article with every exhibit in its text, each in a wrapper of its own."""
    inside = "".join(wrapper.format(exhibit) + f"<p>{PROSE * 4}</p>" for exhibit in exhibits())
    return f"<body><div>{inside}</div>"


def kept(html: str) -> list[str]:
    layout = blocks.measure(LexborHTMLParser(html).body)
    region = content.locate(layout, headline=None)
    return [block.text for block in content.choose(layout, region, furniture=(), title=None)]


def wrapper_for(hint: Hint) -> str:
    if hint.words:
        return f'<div class="{hint.words.split()[0]}">{{}}</div>'
    tag = hint.tags.split()[0]
    return WRAPPERS.get(tag, f"<{tag}>{{}}</{tag}>")


@pytest.mark.parametrize("hint", HINTS, ids=lambda hint: hint.name)
def test_without_a_hint_another_text_is_kept(hint: Hint, monkeypatch: pytest.MonkeyPatch):
    html = page(wrapper_for(hint))
    with_it = kept(html)
    others = Tables([row for row in HINTS if row is not hint])
    monkeypatch.setattr(content, "Weighing", partial(weighing.Weighing, tables=others))
    without = kept(html)
    assert (len(with_it) < len(without)) if hint.weight < 0 else (len(with_it) > len(without))


OPENINGS = {
    "see also": "Read more: how the ferry was lost in the flood",
    "sign up": "Subscribe to our newsletter for more of these stories.",
    "follow us": "Follow us for pictures of the river every day.",
    "comments": "Leave a comment below and tell us what you think.",
    "credit": "All rights reserved by the ferry and its three families.",
    "picture": "Photo: A. Weir, who took it from the western bank.",
    "advertisement": "- Advertisement -",
    "posted": "Posted in rivers and boats by the editors of this page.",
    "filed": "Categories: rivers, boats, and people who cross them.",
    "rating": "Was this page helpful? Two of three say yes.",
    "disclosure": "This post contains affiliate links to ferries.",
    "pointer": ">> The other ferry of the valley",
    "turn": "Next story »",
}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.name)
def test_without_a_phrase_its_line_is_kept(phrase: Phrase, monkeypatch: pytest.MonkeyPatch):
    line = OPENINGS[phrase.name]
    html = f"<article><p>{PROSE * 4}</p><p>{line}</p><p>{PROSE * 5}</p></article>"
    assert line not in kept(html)
    others = Tables(phrases=[row for row in PHRASES if row is not phrase])
    monkeypatch.setattr(content, "Weighing", partial(weighing.Weighing, tables=others))
    assert line in kept(html)


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：王小明",
        "编辑：王小明",
        "原标题：轮渡恢复",
        "版权所有，未经许可不得转载",
        "更多精彩：码头",
        "무단 전재 및 재배포 금지.",
        "ⓒ 부두신문",
        "Copyright ⓒ 부두신문",
        "無断転載を禁じます。",
        "関連ニュース",
        "広告",
        "광고",
        "Il vous reste 62.5% de cet article à lire.",
        "Condividi su tutte le reti",
        "Подпишитесь на наш канал",
        "Xem thêm các bài khác",
        "Baca juga: kapal kembali",
        "SKIP ADVERTISEMENT",
        "From Wikipedia, the free encyclopedia",
    ],
)
def test_what_systems_of_many_languages_print_beside_the_text_is_no_text(line: str):
    assert line not in kept(f"<article><p>{PROSE * 4}</p><p>{line}</p><p>{PROSE * 5}</p></article>")


def test_a_phrase_says_nothing_of_a_long_paragraph():
    line = "Read more than one of his letters and you will hear the river in all of them, " + PROSE * 3
    assert line.strip() in kept(f"<article><p>{PROSE * 4}</p><p>{line}</p></article>")


@pytest.mark.parametrize("name", ["post-meta", "postMeta", "post_meta", "c-Meta--large", "META"])
def test_words_are_found_in_every_way_of_joining_them(name: str):
    assert "17 boats" not in kept(f'<article><p>{PROSE * 4}</p><div class="{name}">17 boats</div><p>{PROSE * 5}</p></article>')


@pytest.mark.parametrize("name", ["metallurgy", "shared-history", "administration", "navigable"])
def test_a_part_of_a_word_is_no_word(name: str):
    line = "Nine boats crossed that day, and all came back."
    assert line in kept(f'<article><p>{PROSE * 4}</p><p class="{name}">{line}</p><p>{PROSE * 5}</p></article>')


def test_a_wrapper_around_everything_is_not_believed():
    inside = f"<p>{PROSE * 4}</p><p>{PROSE * 5}</p>"
    assert len(kept(f'<div class="with-sidebar modal-open">{inside}</div>')) == 2


def test_rows_have_names_of_their_own_and_reasons():
    for rows in (HINTS, PHRASES):
        assert len({row.name for row in rows}) == len(rows)
        assert all(row.reason and row.weight for row in rows)


def test_no_word_stands_in_two_rows_and_none_is_written_as_no_page_could_match_it():
    words = [word for hint in HINTS for word in hint.words.split()]
    assert sorted(words) == sorted(set(words))
    assert [word for word in words if not re.fullmatch("[a-z]+", word)] == []
