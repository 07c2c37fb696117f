"""Markdown with front matter."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from archiver.article import Body, Dates, Image
from archiver.export.model import Picture, Wishes
from archiver.remarks import Remarks
from tests.support.exports import Held, article, folder
from tests.support.records import any_article

PNG = Picture(b"\x89PNG\r\n", "image/png", ".png")


def parts(text):
    """The front matter and the text of a file."""
    before, head, body = text.split("---\n", 2)
    assert before == ""
    return yaml.safe_load(head), body


def the_file(one, **wishes):
    (content,) = (content for name, content in folder("markdown", one, wishes=Wishes(**wishes)).items() if name.endswith(".md"))
    return content.decode()


def test_what_programs_are_told():
    head, body = parts(the_file(Held(article(), Remarks(("to cite", "coast/port"), starred=True, note="Mine:\n- a"))))
    assert head == {
        "title": "Story 1",
        "author": "Ana de la Cruz, Jo Smith",
        "authors": ["Ana de la Cruz", "Jo Smith"],
        "date": dt.date(2026, 3, 14),
        "lastmod": dt.datetime(2026, 3, 15, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
        "description": "Three storms and a quarrel",
        "source": "https://example.org/1",
        "publisher": "The Coast Review",
        "lang": "en",
        "image": "https://example.org/quay.jpg",
        "tags": ["to-cite", "coast/port"],
        "keywords": ["harbour", "oak"],
        "starred": True,
        "note": "Mine:\n- a",
        "accessed": dt.datetime(2026, 11, 23, 8, 14, tzinfo=dt.UTC),
        "archiver_id": article().id,
    }
    assert body == "\nThe quay was built of oak.\n\nIt stood for two hundred years.\n"


@pytest.mark.parametrize(
    "title",
    ['He said: "no" - \'yes\'', "a: b # c", "---", "- [x] {y}", "no", "2026-01-01",
     "\\", "é\u2028\x85\x7fx", "!!python/object", "@a", "&a *b"],
)  # fmt: skip
def test_any_title_is_read_back(title):
    head, _ = parts(the_file(article(title=title)))
    assert head["title"] == " ".join(title.replace("\x85", " ").replace("\x7f", "").split())


def test_a_title_of_several_lines_ends_no_front_matter():
    head, body = parts(the_file(article(title="a\n---\nlayout: x")))
    assert head["title"] == "a --- layout: x"
    assert "layout" not in body


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_article())
def test_any_record_gives_front_matter(record):
    text = the_file(Held(record, Remarks(("x",), note="\u202e\x1b\ud800n")))
    assert isinstance(parts(text)[0]["title"], str)
    assert not set(text) & set("\x1b\x00\x07\x9b")


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (Dates("2026-03"), {"published": "2026-03"}),
        (Dates("2026", "2026"), {"published": "2026", "modified": "2026"}),
        (Dates("2026-03-14T09:30:00"), {"date": dt.datetime(2026, 3, 14, 9, 30)}),  # noqa: DTZ001  # as the page
        (Dates("2026-03-14\nevil: 1"), {"published": "2026-03-14 evil: 1"}),
    ],
)
def test_dates_keep_their_precision(dates, found):
    head, _ = parts(the_file(article(dates=dates)))
    assert {key: head[key] for key in ("date", "published", "lastmod", "modified") if key in head} == found


def test_what_other_programs_act_on_is_escaped():
    words = "{{ site.x }} {% raw %} {{< figure >}} #tag $5 and $6$ %%hidden%% ==bright== [[link]]"
    text = the_file(article(body=Body("x", f"<p>{words.replace('<', '&lt;').replace('>', '&gt;')}</p>")))
    _, body = parts(text)
    for trap in ("{{", "{%", " #t", " $5", "%%", "==", "[["):
        assert trap not in body
    (inline,) = (token for token in MarkdownIt().parse(body) if token.type == "inline")
    assert "".join(child.content for child in inline.children or ()) == words


def test_jekyll_is_told_to_leave_code_alone():
    head, body = parts(the_file(article(body=Body("x", "<pre><code>{% include x %}</code></pre>"))))
    assert head["render_with_liquid"] is False
    assert "{% include x %}" in body


def test_a_record_without_html_gives_its_text():
    _, body = parts(the_file(article(body=Body("a <b>\n\n* c", ""))))
    assert body == "\na \\<b>\n\n\\* c\n"


WITH_IMAGES = Body("x", '<p><img src="https://example.org/a.png" alt="A"><img src="https://example.org/b.png" alt="B"></p>')


def test_images_stay_on_the_web():
    assert "![A](https://example.org/a.png)" in the_file(article(body=WITH_IMAGES))


def test_images_come_along_where_wished_for_each_once():
    asked = []

    def picture(url):
        asked.append(url)
        return None if "b.png" in url else PNG

    articles = [article(number, body=WITH_IMAGES, image=Image("https://example.org/a.png")) for number in (1, 2)]
    files = folder("markdown", *articles, wishes=Wishes("{host}/{title}", picture=picture))
    (image,) = (name for name in files if name.startswith("images/"))
    assert files[image] == PNG.content
    assert list(files).index(image) == 0
    for name in ("example.org/story-1.md", "example.org/story-2.md"):
        text = files[name].decode()
        assert f"![A](../{image})" in text
        assert "![B](https://example.org/b.png)" in text
        assert parts(text)[0]["image"] == f"../{image}"
    assert sorted(asked) == sorted(["https://example.org/a.png", "https://example.org/b.png"] * 2), (
        "twice, for the export is made twice"
    )
