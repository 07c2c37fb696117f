"""The lead image, with the caption and credit printed under it."""

from __future__ import annotations

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
    assert found == Image(ADDRESS, "The Heron , afloat.", None)


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
