"""What makes a block look like text, script by script."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks
from archiver.extraction.rules.measures import Steps
from archiver.extraction.weighing import Weighing, ends_sentence


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


def test_steps_take_the_first_row_that_reaches():
    steps = Steps((1, -1.0), (10, 2.0), above=3.0)
    assert [steps.at(measure) for measure in (0, 1, 1.5, 10, 11)] == [-1.0, -1.0, 2.0, 2.0, 3.0]
