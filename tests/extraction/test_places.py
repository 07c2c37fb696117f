"""Where a block stands: near the headline, behind the text, or in a corner about something else."""

from __future__ import annotations

import pytest

from archiver.extraction import blocks, content, page, places
from archiver.extraction.places import MAX_LINE_CHARACTERS, Surroundings
from tests.support.small_pages import TEXT, TITLE

LONG = 6 * TEXT


def surroundings(body: str) -> Surroundings:
    layout = blocks.measure(page.read(f"<body>{body}</body>").body)
    headline = next(block.index for block in layout.blocks if block.text == TITLE)
    return Surroundings(layout, headline, content.locate(layout, headline=headline))


def near(body: str) -> list[str]:
    return [block.text for block in surroundings(body).near]


@pytest.mark.parametrize(
    "corner",
    [
        "<nav>X</nav>",
        '<div class="comments">X</div>',
        '<div class="related-posts">X</div>',
        '<div class="sidebar">X</div>',
        '<div class="widget-area">X</div>',
        "<form>X</form>",
        "<div hidden>X</div>",
        '<footer class="site-footer"><a href="/">X</a></footer>',
    ],
)
def test_corners_about_something_else(corner: str):
    assert "X" not in near(f"<main><h1>{TITLE}</h1>{LONG}</main>{corner}")


@pytest.mark.parametrize(
    "line",
    [
        "<p>X</p>",
        "<aside>X</aside>",
        '<footer class="article-meta">X</footer>',
        '<div class="elementor-widget-container">X</div>',
    ],
)
def test_small_print_under_the_headline_is_the_articles_own(line: str):
    assert "X" in near(f"<main><h1>{TITLE}</h1>{line}{TEXT}</main>")


def test_what_also_holds_the_headline_is_about_the_article():
    assert "X" in near(f'<div class="sidebar-left related"><h1>{TITLE}</h1><p>X</p>{TEXT}</div>')


def test_long_blocks_are_no_lines():
    long = "x" * (MAX_LINE_CHARACTERS + 1)
    assert long not in near(f"<h1>{TITLE}</h1><p>{long}</p>{TEXT}")


def test_below_the_headline_comes_before_above_and_behind():
    found = near(f"<main><p>above</p><h1>{TITLE}</h1><p>below</p>{LONG}<p>behind</p></main>")
    assert [text for text in found if text in ("above", "below", "behind")] == ["below", "above", "behind"]


def test_parts_of_a_line_are_spaced_where_elements_meet():
    around = surroundings(f"<h1>{TITLE}</h1><p>By<b>Wanda Birk</b><i>3 May</i><br>x</p>{TEXT}")
    line = next(block for block in around.near if "Wanda" in block.text)
    assert around.text(line) == "By Wanda Birk 3 May\nx"


def test_place_is_named_like_a_selector():
    element = surroundings(f'<h1 class="a b c">{TITLE}</h1>{TEXT}').layout.blocks[0].element
    assert places.place(element) == "h1.a.b"
