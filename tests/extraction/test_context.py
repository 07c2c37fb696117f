"""What the surroundings of a block say of it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import blocks, content, context
from archiver.extraction.rows import TABLES, Row, tables_by_bit
from tests.support.pages import golden_pages

if TYPE_CHECKING:
    from archiver.extraction.layout import Layout

PROSE = "The small ferry between the two banks of the river is running again, nine years after the last one was sold. "
LOOKED_AT = ("PLACES", "KIN", "BESIDE", "ALIKE")


def measured(html: str) -> Layout:
    return blocks.measure(LexborHTMLParser(html).body)


def rows(html: str, first: int, last: int, depths: list[float]) -> list[set[str]]:
    """For each block the names of the rows that count for its surroundings."""
    tables = tables_by_bit()
    found = context.totals(measured(html), first, last, depths, tables)
    return [{row.name for row in tables.rows_of(total)} for total in found]


def test_the_place_is_told_from_where_the_text_begins_and_ends():
    html = "".join(f"<p>line {number}</p>" for number in range(30))
    counted = rows(html, 5, 25, [1.0] * 30)
    places = [name.removeprefix("PLACES ") for each in counted for name in each if name.startswith("PLACES")]
    expected = [
        ("far above", 2),
        ("above", 3),
        ("inside", 14),
        ("late in", 4),
        ("at the end of", 2),
        ("below", 3),
        ("far below", 2),
    ]
    assert places == [place for place, count in expected for _ in range(count)]


def test_where_no_text_is_found_everything_is_below_it():
    assert {name for each in rows("<p>a<p>b", 0, 0, [1.0, 1.0]) for name in each} >= {"PLACES below"}


def test_neighbours_and_the_element_around_are_averaged():
    html = f"<div>{'<p>text</p>' * 8}</div><section>{'<p>menu</p>' * 8}</section>"
    counted = rows(html, 0, 8, [0.0] * 8 + [8.5] * 8)
    assert {"KIN 1", "BESIDE 5"} <= counted[0]
    assert {"KIN above", "BESIDE above"} <= counted[15]
    assert "KIN 1" in counted[7]
    assert "BESIDE 5" in counted[7]


def test_one_hopeless_neighbour_counts_for_no_more_than_its_bound():
    near, far = (rows("<p>a</p>" * 7, 0, 7, [2.0] * 6 + [depth])[3] for depth in (10.0, 300.0))
    assert near == far


def test_blocks_look_alike_by_tag_and_class_names():
    html = "<div class=a><p>1<p>2<p class=x>3</div><div class=b><p>4</div>"
    alike = [name for each in rows(html, 0, 4, [1.0] * 4) for name in each if name.startswith("ALIKE")]
    assert alike == ["ALIKE 2", "ALIKE 2", "ALIKE 1", "ALIKE 1"]


def test_what_cannot_be_raised_is_not_looked_at():
    assert rows("<p>a<p>b", 0, 1, [1.0, context.HOPELESS + 0.1])[1] == set()
    best = sum(max(row.weight for row in TABLES.rows if row.table == table) for table in LOOKED_AT)
    assert content.WITHIN + best <= context.HOPELESS


def test_a_weight_is_the_sum_of_its_rows():
    for page in golden_pages():
        layout = measured(page.html.decode(errors="replace"))
        region = content.locate(layout, headline=None)
        around = content.rows_around(layout, region)
        sums = [round(alone + sum(row.weight for row in each), 6) for alone, each in zip(region.alone, around, strict=True)]
        assert sums == list(region.weights)


def exhibits() -> list[str]:
    """Pages on which texts from surely kept to surely dropped stand in every kind of company."""
    lines = [(f"{n} " + PROSE * 3)[:length] for n, length in enumerate((8, 20, 28, 34, 40, 50, 60, 75, 85, 110, 200, 290))]
    linked = [
        f"<a href=/>{line[: len(line) // part]}</a>{line[len(line) // part :]}" for line in lines for part in (1, 2, 4, 9)
    ]
    menu = "<p><a href=/>boats</a></p>" * 60
    pages = []
    for prose, tag, count in product((1, 3, 12), ("p", "div", "li", "h3"), (1, 2, 3, 4, 6, 210)):
        text = f"<p>{PROSE * 2}</p>" * prose
        boxes = "".join(f"<{tag} class=n{number}>{line}</{tag}>" * count for number, line in enumerate(linked))
        pages += [
            f"<div>{boxes}</div><main>{text}</main>",
            f"<main>{text}</main><div>{boxes}</div>",
            f"<main>{text}{boxes}{text}</main>",
        ]
        pages += [f"<main>{text}<div>{menu}{boxes}{menu}</div>{text}</main>"] if count == 1 else []
    return pages


@pytest.mark.parametrize("row", [row for row in TABLES.rows if row.table in LOOKED_AT and row.weight], ids=lambda row: row.name)
def test_without_a_row_another_text_is_kept(row: Row, looked_at: list[tuple[content.Region, list[list[Row]]]]):
    def is_missed(region: content.Region, around: list[list[Row]]) -> bool:
        weights = [weight - row.weight * (row in each) for weight, each in zip(region.weights, around, strict=True)]
        return any((one > region.bar) != (other > region.bar) for one, other in zip(weights, region.weights, strict=True))

    assert any(is_missed(region, around) for region, around in looked_at)


@pytest.fixture(scope="module")
def looked_at() -> list[tuple[content.Region, list[list[Row]]]]:
    found = []
    for html in [*exhibits(), *(page.html.decode(errors="replace") for page in golden_pages())]:
        layout = measured(html)
        region = content.locate(layout, headline=None)
        found.append((region, content.rows_around(layout, region)))
    return found
