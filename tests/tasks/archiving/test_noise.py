"""What changes on a page though nobody edited the article."""

from __future__ import annotations

import pytest

from archiver.tasks.archiving.noise import BOXES, NOISE, settled_url, without_noise

BEFORE, AFTER = "The harbour was built in stages.", "It was finished after ten years."
CASES = {
    "counter": ["12 comments", "1.2k views · 3 shares", "Comments (45)", "Kommentare: 7", "1 234 vues", "45 просмотров"],
    "counter in ideographs": ["阅读 1234", "12件のコメント", "评论（3）"],
    "shared": ["Shared 345 times", "Geteilt: 12"],
    "readers now": ["42 people are reading this now"],
    "time ago": [
        "Updated 5 minutes ago",
        "3 hours ago",
        "vor 2 Stunden",
        "il y a 3 jours",
        "hace una hora",
        "3小时前",
        "2 часа назад",
    ],
    "pointer": ["Read more: The lighthouse keepers' strike", "Lesen Sie auch: Der Streik", "関連記事：灯台"],
}
BOX_CASES = {
    "related box": ["Related stories\n\nThe strike of the keepers\n\nA winter at sea", "Ähnliche Artikel:\n\nDer Streik"],
    "popular box": ["Most read\n\n1\n\nThe strike of the keepers", "Meistgelesen\n\nDer Streik"],
}


def test_every_row_has_cases():
    assert {row.name for row in NOISE} == set(CASES)
    assert {row.name for row in BOXES} == set(BOX_CASES)
    assert all(row.reason for row in (*NOISE, *BOXES))


@pytest.mark.parametrize(("name", "block"), [(name, block) for name, blocks in CASES.items() for block in blocks])
def test_a_block_of_noise_does_not_count_and_without_its_row_it_does(name, block):
    text = f"{BEFORE}\n\n{block}\n\n{AFTER}"
    assert without_noise(text) == f"{BEFORE} {AFTER}"
    assert block in without_noise(text, tuple(row for row in NOISE if row.name != name))


@pytest.mark.parametrize(("name", "box"), [(name, box) for name, boxes in BOX_CASES.items() for box in boxes])
def test_a_box_goes_with_its_headlines_and_without_its_row_stays(name, box):
    text = f"{BEFORE}\n\n{box}\n\n{AFTER}"
    assert without_noise(text) == f"{BEFORE} {AFTER}"
    left = without_noise(text, boxes=tuple(row for row in BOXES if row.name != name))
    assert box.rpartition("\n")[2] in left


@pytest.mark.parametrize(
    "text",
    [
        "It had 12 views of the sea.",
        "12 comments were read out in court, and the mayor answered each of them.",
        "Related matters were left to the council.",
        "Most read on, though the print was small.",
        "He left 3 hours ago, the harbour master said.",
        "Read more slowly.",
        "The piles:\n\nOak\n\nPine",
        "Related\n\nTwo sentences follow here. They are the article's own.",
        "Views",
        "1,204",
    ],
)
def test_what_somebody_wrote_stays(text):
    kept = without_noise(text)
    assert kept.split()[-3:] == text.split()[-3:]


def test_after_the_headlines_of_a_box_the_text_goes_on():
    text = "Most read\n\nOne headline\n\nA sentence that ends.\n\nAnother headline"
    assert without_noise(text) == "A sentence that ends. Another headline"


def test_a_box_has_an_end():
    listed = "\n\n".join(f"Headline {number}" for number in range(15))
    assert without_noise(f"Most read\n\n{listed}") == "Headline 12 Headline 13 Headline 14"


def test_what_cannot_be_seen_does_not_count():
    assert without_noise("har\u00adbour\u200b \u00a0 wall\ufeff") == "harbour wall"


@pytest.mark.parametrize("block", ["1 views " * 20_000, "1 , " * 29 + "x", "1 views, " * 12 + "x", "views 1 views " * 8 + "!x"])
def test_a_block_that_is_nearly_a_counter_takes_no_long_search(block):
    assert without_noise(block)


def test_an_address_is_compared_without_tracking():
    assert settled_url("https://a.example/jo?utm_source=x") == settled_url("https://a.example/jo")
    assert settled_url("https://a.example/jo?id=1") != settled_url("https://a.example/jo?id=2")
    assert settled_url("not an address") == "not an address"
    assert settled_url(None) is None
