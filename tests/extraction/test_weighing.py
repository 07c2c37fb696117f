"""What makes a block look like text, script by script."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks
from archiver.extraction.weighing import Weighing, ends_sentence, rows
from tests.support.pages import golden_pages


def weights(html: str, *, headline: int | None = None) -> list[float]:
    return Weighing(blocks.measure(LexborHTMLParser(html).body), headline).weights()


@pytest.mark.parametrize(
    "text", ["It ran.", "Did it?”", "走った。", "「走った。」", "چلا۔", "هل جرى؟", "वह चला।", "Er lief …", "(It ran!)"]
)
def test_sentences_end_in_every_script(text: str):
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "Rivers", "More:", "上流", "»"])
def test_labels_end_no_sentence(text: str):
    assert not ends_sentence(text)


def test_more_links_weigh_less():
    sentence = "The small ferry between the two banks of the river is running again"
    linked = [f"<p><a href=/>{sentence[:cut]}</a>{sentence[cut:]}.</p>" for cut in (0, 20, 40, len(sentence))]
    found = [weights(page)[0] for page in linked]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 4


def test_an_ideograph_counts_as_much_as_a_word_of_letters():
    japanese, english = (
        "上流の両岸を結ぶ小さな渡し船が、九年ぶりに運航を再開した。",
        "The small ferry of the upper river is running again, nine years on.",
    )
    assert weights(f"<p>{japanese}</p>") == weights(f"<p>{english}</p>")


def test_blocks_before_the_headline_weigh_less_and_those_after_it_more():
    html = "".join(f"<p>line number {number}</p>" for number in range(8))
    without, with_headline = weights(html), weights(html, headline=2)
    assert [a > b for a, b in zip(with_headline, without, strict=True)] == [False, False, True, True, True, True, False, False]
    assert [a < b for a, b in zip(with_headline, without, strict=True)] == [True, True] + [False] * 6


def test_hints_reach_down_and_count_once():
    plain, once, twice = (
        weights(f"{before}<p>17 boats</p>{after}<p>{'word ' * 50}</p>")[0]
        for before, after in (("<div><div>", "</div></div>"), ("<div class=share><div>", "</div></div>"),
                              ("<div class=share><div class=social>", "</div></div>"))
    )  # fmt: skip
    assert plain > once == twice


@pytest.mark.parametrize("name", ["post-meta", "postMeta", "META", "c_meta2", "wide\tmeta\nleft", "größe-meta"])
def test_a_name_is_read_word_by_word(name: str):
    around = f"<p>{'word ' * 50}</p>"
    plain, named, other = (
        weights(f'{around}<p class="{each}">17 boats</p>{around}')[1] for each in ("", name, "metallurgy postal")
    )
    assert named < plain == other


def test_weights_are_exact_sums():
    page = "".join(f"<p class=meta><a href=/>{'word ' * count}</a>{'word ' * count}.</p>" for count in range(40))
    assert all(weight == round(weight, 1) for weight in weights(page))


@pytest.mark.parametrize("page", golden_pages(), ids=lambda page: page.name)
def test_a_weight_is_the_sum_of_its_rows(page):
    layout = blocks.measure(LexborHTMLParser(page.html).body)
    for headline in (None, 0):
        sums = [round(sum(row.weight for row in each), 1) for each in rows(layout, headline)]
        assert sums == Weighing(layout, headline).weights()


def test_rows_say_what_counts():
    html = f"<div class=share><p>Read more: the second boat</p></div><p>{'word ' * 50}</p>"
    first, second = rows(blocks.measure(LexborHTMLParser(html).body), 0)
    assert {"Hint share", "Phrase see also", "BASE", "KINDS p", "LENGTH 25", "LINKED 0"} <= {row.name for row in first}
    assert {row.table for row in second}.isdisjoint({"Hint", "Phrase", "SENTENCE"})
