from __future__ import annotations

import io

import pytest

from archiver.cli import charts
from archiver.cli.stats_blocks import Block, Row


def rows(*lengths):
    return tuple(Row(str(place), length, f"{length:,}") for place, length in enumerate(lengths))


def test_a_sparkline_has_a_character_for_each():
    assert charts.sparkline(rows(0, 1, 50, 100)) == " ▁▄█"
    assert charts.sparkline(rows(0, 1, 50, 100), plain=True) == " .=#"
    assert charts.sparkline(()) == ""
    assert charts.sparkline(rows(0, 0)) == "  "


def test_a_bar_is_as_long_as_its_share():
    assert charts.bar(100, 100, 10) == "█" * 10
    assert charts.bar(50, 100, 5) == "██▌"
    assert charts.bar(1, 10_000, 10) == "▏", "what is more than nothing can be seen"
    assert charts.bar(0, 100, 10) == ""
    assert charts.bar(0, 0, 10) == ""
    assert charts.bar(50, 100, 10, plain=True) == "#####"


def drawn(monkeypatch, encoding, columns, *blocks, **environment):
    for name, value in {"COLUMNS": str(columns), **environment}.items():
        monkeypatch.setenv(name, value)
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    monkeypatch.setattr("sys.stdout", stream)
    charts.print_charts([("Articles", "3")], [Block("Hours", "Hour", rows(1, 2))], blocks)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


def test_where_there_is_only_ascii_it_is_ascii(monkeypatch):
    block = Block("Sites", "Site", (Row("a-very-long-name." * 9, 2, "2"), Row("b", 1, "1")), "and 1 more")
    chart = drawn(monkeypatch, "ascii", 40, block)
    assert "##" in chart


@pytest.mark.parametrize("columns", [8, 12, 30, 60, 100])
def test_wide_characters_and_long_names_fit(monkeypatch, columns):
    from rich.cells import cell_len

    block = Block("Sites", "Site", (Row("新聞" * 40, 1_000_000, "1,000,000"), Row("b", 1, "1")))
    chart = drawn(monkeypatch, "utf-8", columns, block, block, block)
    assert max(map(cell_len, chart.splitlines())) <= columns
    assert "█" in chart or columns < 30


def test_the_caption_tells_the_peak():
    line = Block("Hours", "Hour", rows(1, 5, 2), "3 of 8 pages state the time")
    assert charts.caption(line) == "  0 to 2, most 5 (1); 3 of 8 pages state the time"
    assert charts.caption(Block("Fetched by day", "Day", rows(7))) == "  0: 7"


@pytest.mark.parametrize(("columns", "beside"), [(charts.BESIDE, True), (charts.BESIDE - 1, False)])
def test_on_a_narrow_terminal_a_sparkline_stands_below_its_heading(monkeypatch, columns, beside):
    chart = drawn(monkeypatch, "utf-8", columns)
    assert ("Hours  ▄█  0 to 1, most 2 (1)" in chart) == beside
    assert ("\n▄█  0 to 1, most 2 (1)" in chart) != beside
