"""The page of `archiver stats --format html`."""

from __future__ import annotations

import itertools
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from archiver.cli import stats_page, svg
from archiver.cli.stats_blocks import Row
from archiver.export import style
from archiver.store import Filters
from archiver.tasks.series import Bar, Series
from archiver.tasks.stats import Disk, Found, Ranking, Stats, Totals
from tests.support.browser import DARK, LIGHT, screenshot

NOTHING = Ranking((), 0, 0)
STATS = Stats(
    totals=Totals(3, 9, 1200, 5, 1, 2, "2026-10-01", "2026-11-23", "2017", "2026-11-22"),
    fetched=Series("month", (Bar("2026-10", 1), Bar("2026-11", 2))),
    published=Series("year", (Bar("2025", 1), Bar("2026", 1)), earlier=1),
    weekdays=tuple(Bar(name, 0) for name in ("Monday", "Tuesday")),
    hours=tuple(Bar(f"{hour:02}", hour) for hour in range(24)),
    sites=Ranking((Bar("a.example", 2), Bar("<b>&\"'.example", 1)), 4, 5),
    authors=Ranking((Bar("يوسف", 2),), 1, 0),
    your_tags=NOTHING,
    tags=NOTHING,
    sections=NOTHING,
    languages=Ranking((Bar("ar", 3),), 1, 0),
    verdicts=Ranking((Bar("article", 3),), 1, 0),
    fields=(Found("title", 3, 1.0), Found("byline", 1, 0.3333)),
    disk=(Disk("records", 3, 12_000, exact=True), Disk("captures", 9, 90_000, exact=False)),
)


@pytest.fixture
def page():
    return stats_page.page(STATS, Filters(host="a.example"))


@pytest.fixture
def tree(page):
    return LexborHTMLParser(page)


def test_everybody_can_read_it(page):
    """The palette's contrast is tested where it stands (tests/export/test_style.py); the page has no colours but those."""
    own = page[page.index("<style>") : page.index("</style>")].replace(style.COLOURS, "")
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|opacity", own)
    assert set(re.findall(r"var\(--(\w+)\)", own)) <= set(style.LIGHT)


def test_names_are_text(page, tree):
    assert "<b>" not in page
    assert "<b>&\"'.example" in [cell.text() for cell in tree.css("tbody th")]


def test_nothing_is_loaded_and_nothing_runs(page, tree):
    assert not tree.css("script, link, img, iframe, object, a, [style], [onclick], [href], [src]")
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_lets_the_style_through(tree):
    import base64
    import hashlib

    digest = base64.b64encode(hashlib.sha256(tree.css_first("style").text(deep=True).encode()).digest()).decode()
    assert f"'sha256-{digest}'" in tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]


def test_each_chart_has_its_name_and_its_numbers(tree):
    charts = tree.css("svg[role=img]")
    assert len(charts) == 3, "fetched, published, hours; nobody states a weekday"
    for chart in charts:
        title, said = (tree.css_first(f"#{name}") for name in chart.attributes["aria-labelledby"].split())
        assert title.text().startswith("Articles: ")
        assert re.fullmatch(r"(.+: [\d,]+, )*.+: [\d,]+", said.text())
        assert chart.parent.css_first("details table tbody tr") is not None
    assert all(bar.attributes["aria-hidden"] == "true" for bar in tree.css("svg.bar")), "the cells beside them say it"


def test_what_was_chosen_and_what_was_left_out_is_told(tree):
    text = tree.body.text()
    assert "Only host: a.example" in text
    assert "3 of 9" in text
    assert "and 2 more sites (5)" in text
    assert "1 earlier or less exact" in text
    assert "about 90.0 kB" in text


def test_the_same_numbers_give_the_same_page(page):
    assert stats_page.page(STATS, Filters(host="a.example")) == page


@pytest.mark.parametrize("count", [1, 2, 7, 24])
def test_the_names_under_a_chart_neither_meet_nor_leave_it(count):
    rows = [Row(f"2026-11-{number:02}", number, str(number)) for number in range(1, count + 1)]
    texts = re.findall(r'<text x="([\d.]+)" y="144">([^<]+)', svg.columns(rows, "t", "d", 1))
    edges = [(float(x) - 3.5 * len(name), float(x) + 3.5 * len(name)) for x, name in texts]
    assert edges[0][0] >= 0
    assert edges[-1][1] <= svg.WIDTH
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(edges))


def test_a_browser_shows_it_in_light_and_dark_without_complaint(page, tmp_path):
    file = tmp_path / "stats.html"
    file.write_text(page, encoding="utf-8")
    pictures = []
    for name, scheme in (("light", LIGHT), ("dark", DARK)):
        picture = tmp_path / f"{name}.png"
        assert screenshot(file, picture, scheme) == [], "the policy refuses nothing that the page needs"
        pictures.append(picture.read_bytes())
    assert pictures[0] != pictures[1]


def test_the_browser_would_complain(page, tmp_path):
    """That the test above can fail: a page whose style its policy does not know."""
    file = tmp_path / "stats.html"
    file.write_text(page.replace("main{", "main{color:red;"), encoding="utf-8")
    assert screenshot(file, tmp_path / "refused.png")
