"""The lead image, with the caption and credit printed under it."""

from __future__ import annotations

import json

import pytest

from archiver.article import Image
from tests.support.small_pages import extracted

SHARED = '<meta property="og:image" content="/2024/heron-1200x630.jpg">'
ADDRESS = "https://quay-gazette.example/2024/heron-1200x630.jpg"


def image(figure: str = "", head: str = SHARED) -> Image | None:
    return extracted(head=head, below=figure).image


@pytest.mark.parametrize(
    "source", ["/2024/heron.jpg", "heron-300x200.jpg", "https://cdn.test/heron_large.jpg?w=9", "/2024/heron-1200x630.jpg"]
)
def test_caption_of_the_same_image_in_any_size(source: str):
    found = image(f'<figure><img src="{source}"><figcaption>The <b>Heron</b>, afloat.</figcaption></figure>')
    assert found == Image(ADDRESS, "The Heron, afloat.", None)


def test_caption_of_another_image_is_not_taken():
    assert image('<figure><img src="gull.jpg"><figcaption>A gull.</figcaption></figure>') == Image(ADDRESS)


@pytest.mark.parametrize(
    "credit", ["Photo: Kim Park", "Photo by Kim Park", "Foto: Kim Park", "© Kim Park", "Image credit: Kim Park"]
)
def test_credit_at_the_end_of_the_caption(credit: str):
    found = image(f'<figure><img src="heron.jpg"><figcaption>Afloat. {credit}</figcaption></figure>')
    assert found is not None
    assert found.credit == "Kim Park"


@pytest.mark.parametrize(
    "head", ["", '<meta property="og:image" content="">', '<meta property="og:image" content="data:image/gif;base64,R0">']
)
def test_no_image(head: str):
    assert image(head=head) is None


@pytest.mark.parametrize(
    ("caption", "said", "credit"),
    [
        ("Afloat. Photo: Kim Park", "Afloat.", "Kim Park"),
        ("Afloat (© Kim Park)", "Afloat", "Kim Park"),
        ('Afloat. <span class="photo-credit">Kim Park / Quay Pictures</span>', "Afloat.", "Kim Park / Quay Pictures"),
        ('<small class="Copyright">Foto: Kim Park</small>', None, "Kim Park"),
        ("Afloat, <cite>Kim Park</cite>", "Afloat", "Kim Park"),
        ("Photo: Kim Park", None, "Kim Park"),
        ("Afloat.", "Afloat.", None),
    ],
)
def test_caption_and_credit_are_told_apart(caption: str, said: str | None, credit: str | None):
    assert image(f'<figure><img src="heron.jpg"><figcaption>{caption}</figcaption></figure>') == Image(ADDRESS, said, credit)


@pytest.mark.parametrize(
    "figure",
    [
        '<div class="wp-caption"><img src="heron.jpg"><p class="wp-caption-text">Afloat.</p></div>',
        '<figure><img src="spacer.gif" data-src="/a/heron-640w.jpg"><figcaption>Afloat.</figcaption></figure>',
        '<figure><img srcset="heron-100x50.jpg 100w, heron-300x200.jpg 300w"><figcaption>Afloat.</figcaption></figure>',
    ],
)
def test_figures_of_every_make(figure: str):
    assert image(figure) == Image(ADDRESS, "Afloat.")


def test_where_the_page_names_none_it_is_the_first_picture_of_the_text():
    article = extracted(behind='<p>Boats.</p><figure><img src="a.jpg?x=1&amp;y=2"></figure><p><img src="b.jpg"></p>' + PROSE)
    assert article.image == Image("https://quay-gazette.example/a.jpg?x=1&y=2")
    assert article.evidence["image"].at == "img"


PROSE = "<p>" + "The boats lie at the quay, and everyone who has a boat there has come to look at it today. " * 4 + "</p>"


def ld(**picture: object) -> str:
    item = {"@type": "NewsArticle", "image": {"@type": "ImageObject", "url": ADDRESS, **picture}}
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


def test_what_json_ld_says_of_the_picture():
    head = ld(caption="Afloat.", creditText="Kim Park", creator={"@type": "Person", "name": "Bo Lund"})
    article = extracted(head=head)
    assert article.image == Image(ADDRESS, "Afloat.", "Kim Park")
    assert [one.value for one in article.evidence["image.credit"].rejected] == ["Bo Lund"]
    assert image(head=ld(creator={"name": "Bo Lund"})) == Image(ADDRESS, None, "Bo Lund")


def test_what_is_printed_is_believed_before_json_ld():
    figure = '<figure><img src="heron.jpg"><figcaption>Afloat. Photo: Kim Park</figcaption></figure>'
    assert image(figure, head=ld(caption="A ship", creditText="Bo Lund")) == Image(ADDRESS, "Afloat.", "Kim Park")


def test_what_json_ld_says_of_another_picture_is_not_taken():
    assert image(head=SHARED + ld(url="/gull.jpg", caption="A gull")) == Image(ADDRESS)
