"""Which blocks are kept, and why. The golden pages `body-*` show each class of what is kept out on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks, content

if TYPE_CHECKING:
    from archiver.extraction.blocks import Layout

ONE = "The small ferry between the two banks of the river is running again, nine years after the last one was sold."
TWO = "Three families from the eastern bank bought the boat at an auction and repaired its hull over two long winters."
THREE = "On the first morning forty people waited at the landing, most of them with bicycles, and all of them crossed."
FOUR = "If the summer stays dry the boat will run until October, when the water usually becomes too shallow to land."


def measured(html: str) -> Layout:
    return blocks.measure(LexborHTMLParser(html).body)


def chosen(html: str, *, headline: int | None = None, furniture: tuple[int, ...] = (), title: str | None = None) -> list[str]:
    layout = measured(html)
    region = content.locate(layout, headline=headline)
    return [block.text for block in content.choose(layout, region, furniture=furniture, title=title)]


def test_a_page_without_text_has_an_empty_region():
    layout = measured("<body></body>")
    region = content.locate(layout, headline=None)
    assert (region.first, region.last) == (0, 0)
    assert content.choose(layout, region, furniture=(), title=None) == []


def test_the_region_spans_what_is_surely_text():
    layout = measured(
        f"<nav><a href=/>Home</a></nav><h1>Title</h1><p>{ONE}</p><h2>Then</h2><p>{TWO}</p><footer>Imprint</footer>"
    )
    region = content.locate(layout, headline=1)
    assert [block.text for block in layout.blocks[region.first : region.last]] == [ONE, "Then", TWO]


def test_furniture_is_never_kept():
    assert chosen(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>", furniture=(1,)) == [ONE, THREE]


def test_the_title_is_found_whatever_its_case_and_punctuation():
    html = f"<p>{ONE}</p><h2>“The FERRY: is back”</h2><p>{TWO}</p><h2>The ferry</h2><p>{THREE}</p>"
    assert chosen(html, title="The ferry is back") == [ONE, TWO, "The ferry", THREE]


def test_what_is_printed_twice_is_kept_once_with_the_short_lines_in_it():
    part = f"<p>{ONE}</p><h3>Then</h3><p>{TWO}</p>"
    assert chosen(f"{part}{part}<p>{THREE}</p>") == [ONE, "Then", TWO, THREE]


def test_short_lines_may_be_said_twice():
    html = f"<p>{ONE}</p><p>“No,” he said.</p><p>{TWO}</p><p>“No,” he said.</p><p>{THREE}</p>"
    assert chosen(html) == [ONE, "“No,” he said.", TWO, "“No,” he said.", THREE]


def test_headings_need_text_before_the_next_of_their_rank():
    html = f"<h2>One</h2><h3>Part</h3><p>{ONE}</p><h3>Idle</h3><h2>Two</h2><p>{TWO}</p><p>{THREE}</p><h2>End</h2><h3>End</h3>"
    assert chosen(html) == ["One", "Part", ONE, "Two", TWO, THREE]


def test_text_folded_away_is_kept():
    assert chosen(f"<p>{ONE}</p><div hidden><p>{TWO}</p></div><p>{THREE}</p>") == [ONE, TWO, THREE]


def test_a_page_is_judged_by_its_own_standard():
    """All text lies in a wrapper that hints speak against; it is still the page's article."""
    html = f"<nav><a href=/>Home</a></nav><div class=card><p>{ONE}</p></div><div class=card><p>{TWO}</p></div>"
    assert chosen(html) == [ONE, TWO]


def test_every_block_has_its_fate():
    html = (
        f"<nav><a href=/>Home</a></nav><h1>The ferry is back</h1><p class=byline>By A. Weir</p><p>{ONE}</p><p>{TWO}</p>"
        f"<p>The ferry is back</p><ul><li>{THREE}</li><li><a href=/>x</a></li></ul><p>{ONE}</p><h2>Then</h2><h2>Now</h2>"
        f"<p>{FOUR}</p>"
    )
    layout = measured(html)
    found = content.fates(layout, content.locate(layout, headline=1), furniture=(1, 2), title="The ferry is back")
    assert [fate.name for fate in found] == (
        ["LIGHT", "OWNED", "OWNED", "KEPT", "KEPT", "TITLE", "KEPT", "COMPLETED", "REPEATED", "IDLE", "KEPT", "KEPT"]
    )


def test_what_has_its_own_field_is_not_kept_with_its_list():
    html = f"<p>{ONE}</p><ul><li>{TWO}</li><li>{THREE}</li><li>{FOUR}</li></ul>"
    assert chosen(html, furniture=(2,)) == [ONE, TWO, FOUR]


def test_a_tie_does_not_hang_on_the_last_digit_of_a_sum():
    region = content.Region(0, 0, (-1.5, -1.4), (0.8, 0.9), 5.0)
    layout = measured(f"<p>{ONE}</p><p>{TWO}</p>")
    assert [fate.name for fate in content.fates(layout, region, furniture=(), title=None)] == ["LIGHT", "KEPT"]


@given(st.text(alphabet=st.sampled_from("ab. <>/=\"'pdivhaulbrn123\n"), max_size=300), st.none() | st.integers(0, 20))
def test_whatever_comes_the_kept_blocks_are_of_the_page_and_in_order(html: str, headline: int | None):
    layout = measured(html)
    region = content.locate(layout, headline=headline)
    kept = [block.index for block in content.choose(layout, region, furniture=(), title="a")]
    assert kept == sorted(set(kept))
    assert 0 <= region.first <= region.last <= len(layout.blocks) == len(region.weights)
