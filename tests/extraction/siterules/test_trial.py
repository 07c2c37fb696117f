"""A rule tried on a page: what it finds, and what it does not."""

from __future__ import annotations

from archiver.extraction.siterules.trial import FieldTrial, Trial, try_out
from tests.support.site_rules import rule_of, ruled_page
from tests.support.small_pages import TITLE, URL
from tests.support.small_pages import page as small_page


def tried(text: str, html: str, **expected: tuple[str, ...]) -> Trial:
    return try_out(rule_of(text), html.encode(), url=URL, fetched_at="2024-06-01T12:00:00Z", expected=expected)


def only(trial: Trial) -> FieldTrial:
    assert len(trial.fields) == 1
    return trial.fields[0]


def test_what_every_selector_matched():
    field = only(tried('[fields]\ntitle = [".gone", "h1"]', small_page()))
    assert [(one.written, one.line, one.matches, one.first) for one in field.tried] == [
        (".gone", 2, 0, ""),
        ("h1", 2, 1, TITLE),
    ]
    assert (field.by_rule, field.values, field.failed) == (True, (TITLE,), False)


def test_a_field_whose_selectors_match_nothing_fails():
    field = only(tried('[fields]\ntitle = ".gone"', small_page()))
    assert (field.failed, field.matched, field.by_rule, field.values) == (True, False, False, (TITLE,))


def test_a_field_whose_match_is_of_no_use_fails():
    field = only(tried('[fields]\npublished = "h1"', small_page()))
    assert (field.failed, field.matched) == (True, True)


def test_what_is_expected_must_be_there():
    text = '[fields]\ntitle = "h1"\nbody = "article"'
    trial = tried(text, small_page(), title=("Another",), body=("Three  hulls\nare afloat", "Four hulls"))
    assert [(one.name, one.missing) for one in trial.fields] == [("title", ("Another",)), ("body", ("Four hulls",))]
    assert trial.failed


def test_a_day_is_found_in_its_moment_and_without_a_rule():
    html = small_page(head='<meta property="article:published_time" content="2024-05-03T08:00:00Z">')
    trial = tried('strip = ".ad"', html, published=("2024-05-03",), modified=("2024-05-04",))
    assert [(one.name, one.missing, one.by_rule) for one in trial.fields] == [
        ("published", (), False),
        ("modified", ("2024-05-04",), False),
    ]


def test_what_is_to_be_stripped_may_be_missing():
    trial = tried('strip = [".ad", "p"]\nnext_page = "a"\nsingle_page_link = "a"', small_page(behind="<a href=/b>c</a>"))
    assert [(purpose, one.written, one.matches, one.first) for purpose, one in trial.others] == [
        ("strip", ".ad", 0, ""),
        ("strip", "p", 4, ""),
        ("next_page", "a", 1, "/b"),
        ("single_page_link", "a", 1, "/b"),
    ]
    assert not trial.failed


def test_the_golden_rules_find_what_their_examples_expect():
    for name in ("documented", "every-field", "full-text-rss"):
        page = ruled_page(name)
        rule = page.rule
        trial = try_out(rule, page.html, url=rule.examples[0].url, fetched_at=None, expected=rule.examples[0].expected)
        assert not trial.failed, [one for one in trial.fields if one.failed]
        assert all(one.matches for _, one in trial.others)
        assert any(one.name == "body" for one in trial.fields)
