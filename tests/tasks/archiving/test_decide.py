"""What a fresh extraction means for what the archive holds."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.article import Article, Author, Body, CaptureIdentity, Credit, Dates, Evidence, Image, Snapshot, Source
from archiver.tasks.archiving.decide import Decision, decide

TEXT = "One sentence of the article. " * 40
HELD = Article(
    title="A title",
    dates=Dates(published="2026-01-02"),
    body=Body(text=TEXT, html=f"<p>{TEXT}</p>", words=200),
)


def changed(**fields) -> Article:
    return dataclasses.replace(HELD, **fields)


def test_a_page_seen_for_the_first_time_is_new():
    assert decide(None, HELD) is Decision.NEW


def test_the_same_page_is_unchanged():
    assert decide(HELD, HELD) is Decision.UNCHANGED


def test_capture_evidence_white_space_and_markup_are_no_change():
    capture = CaptureIdentity("2026-01-01T00:00:00Z", 200, "text/html", "utf-8", 10, "ab")
    noisy = changed(
        capture=capture,
        evidence={"title": Evidence("dom", "h1", "A title")},
        body=Body(text=TEXT.replace(" ", "\n"), html="<p>other links</p>", words=200),
        archiver="9.9",
    )
    assert decide(HELD, noisy) is Decision.UNCHANGED


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Another title"},
        {"dates": Dates(published="2026-01-02", modified="2026-01-03")},
        {"body": Body(text=TEXT + "A correction.", words=202)},
    ],
)
def test_other_words_or_fields_are_a_change(fields):
    assert decide(HELD, changed(**fields)) is Decision.CHANGED


@pytest.mark.parametrize("verdict", ["thin", "paywalled", "challenge", "consent", "error", "listing"])
def test_a_page_that_is_no_article_any_more_is_worse(verdict):
    assert decide(HELD, changed(verdict=verdict)) is Decision.WORSE


def test_a_body_that_shrank_to_a_fraction_is_worse():
    assert decide(HELD, changed(body=Body(text="Gone.", words=60))) is Decision.WORSE


@pytest.mark.parametrize("verdict", ["thin", "paywalled", "challenge", "consent", "error", "listing"])
def test_an_article_after_anything_else_is_a_change_however_short(verdict):
    assert decide(changed(verdict=verdict), changed(body=Body(text="Short.", words=1))) is Decision.CHANGED


@pytest.mark.parametrize("wall", ["challenge", "consent", "error"])
@pytest.mark.parametrize("held", ["thin", "paywalled", "listing"])
def test_a_page_that_says_nothing_is_worse_than_one_that_says_something(held, wall):
    assert decide(changed(verdict=held), changed(verdict=wall)) is Decision.WORSE
    assert decide(changed(verdict=wall), changed(verdict=held)) is Decision.CHANGED


@pytest.mark.parametrize(("before", "after"), [("thin", "listing"), ("listing", "paywalled"), ("error", "challenge")])
def test_of_two_pages_that_are_no_article_the_later_is_held(before, after):
    assert decide(changed(verdict=before), changed(verdict=after)) is Decision.CHANGED


def test_a_listing_may_shrink():
    assert decide(changed(verdict="listing"), changed(verdict="listing", body=Body(text="One.", words=1))) is Decision.CHANGED


def test_the_same_wall_again_is_unchanged():
    assert decide(changed(verdict="challenge"), changed(verdict="challenge")) is Decision.UNCHANGED


@pytest.mark.parametrize(
    "fields",
    [
        {"authors": (Author("Jo Smith", bio="A reporter.", url="https://a.example/jo?utm_source=feed"),)},
        {"authors": (Author("Jo Smith", bio="A reporter.\n1,204 followers", url="https://a.example/jo"),)},
        {"tags": ("Sea", "harbour")},
        {"image": Image("https://cdn.example/1.jpg?w=640&sig=ab12")},
        {"body": Body(text=TEXT + "\n\n1,301 views", words=200)},
        {"source": Source(credited=(Credit("Agency", "https://agency.example/?fbclid=1"),))},
    ],
    ids=["tracking", "followers", "order of tags", "image parameters", "counter", "credit"],
)
def test_noise_is_no_change(fields):
    held = changed(
        authors=(Author("Jo Smith", bio="A reporter.", url="https://a.example/jo"),),
        tags=("harbour", "sea"),
        image=Image("https://cdn.example/1.jpg?w=320&sig=99"),
        source=Source(credited=(Credit("Agency", "https://agency.example/"),)),
        body=Body(text=TEXT + "\n\n12 views", words=200),
    )
    assert decide(held, dataclasses.replace(held, **fields)) is Decision.UNCHANGED


@pytest.mark.parametrize(("from_", "decision"), [("header", Decision.UNCHANGED), ("meta", Decision.CHANGED)])
def test_a_date_of_the_server_moves_with_the_site_one_of_the_page_with_the_article(from_, decision):
    def dated(day):
        return changed(dates=Dates(modified=day), evidence={"dates.modified": Evidence(from_, "x", day)})

    assert decide(dated("2026-01-02"), dated("2026-02-02")) is decision


def test_each_word_of_a_text_counts():
    text = "Mayor denies plan\n\nMost read: 3 of 12 views were shared, he said.\n\nIt cost 1,204 pounds."
    words = text.split(" ")
    held = changed(body=Body(text=" ".join(words), words=20))
    for number in range(len(words)):
        edited = [*words[:number], "other", *words[number + 1 :]]
        assert decide(held, changed(body=Body(text=" ".join(edited), words=20))) is Decision.CHANGED, edited


def captured(article, *, missing=(), snapshot=None):
    identity = CaptureIdentity("2026-11-23T08:14:00Z", 200, None, None, 1, "0" * 64, missing=missing, snapshot=snapshot)
    return dataclasses.replace(article, capture=identity)


def test_an_article_that_lacks_a_page_is_worse_than_one_that_says_more():
    shorter = changed(body=Body(text="Less.", words=HELD.body.words - 1))
    assert decide(HELD, captured(shorter)) is Decision.CHANGED
    assert decide(HELD, captured(shorter, missing=("https://example.org/2",))) is Decision.WORSE
    assert decide(changed(verdict="thin"), captured(shorter, missing=("https://example.org/2",))) is Decision.CHANGED


def test_a_copy_is_worse_than_what_came_from_the_page_itself():
    copy = Snapshot("https://web.archive.org/web/2016id_/x", "2016-03-04T00:00:00Z")
    later = changed(title="Another title")
    assert decide(HELD, captured(later, snapshot=copy)) is Decision.WORSE
    assert decide(captured(HELD, snapshot=copy), captured(later, snapshot=copy)) is Decision.CHANGED
    assert decide(captured(HELD, snapshot=copy), later) is Decision.CHANGED
    feeds_text = dataclasses.replace(HELD, evidence={"body": Evidence("feed", "entry.content", "x")})
    assert decide(feeds_text, captured(later, snapshot=copy)) is Decision.CHANGED


@pytest.mark.parametrize(
    ("held", "decision"), [("article", Decision.WORSE), ("paywalled", Decision.CHANGED), ("error", Decision.CHANGED)]
)
def test_what_a_feed_carries_takes_the_place_of_walls_not_of_the_page(held, decision):
    text = changed(body=Body(text="As the feed has it.", words=150), evidence={"body": Evidence("feed", "entry.content", "x")})
    assert decide(changed(verdict=held), text) is decision
    assert decide(text, changed(body=Body(text=TEXT, words=200))) is Decision.CHANGED
    assert decide(text, dataclasses.replace(text, title="Another")) is Decision.CHANGED
