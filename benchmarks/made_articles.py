"""Articles made up by a seed, as long, as varied and as repetitive as real ones: for measuring the archive.

Words follow Zipf's law over 40,000 made-up ones, the count of words in an article a log-normal distribution around 430, hosts
another Zipf's law: a few have most of the articles, and most have one or two.
"""

from __future__ import annotations

import itertools
import math
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archiver import urls
from archiver.article import Article, Author, Body, CaptureIdentity, Dates, Evidence, FeedOrigin, Rejected, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMON, RARE = "the", "quixotry"
"""A word of almost every article, and one of every 5,000th."""
RARE_EVERY = 5000
WORDS, HOSTS, PEOPLE = 40_000, 3_000, 4_000
FIRST_DAY = datetime(2012, 1, 1, tzinfo=UTC)
_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "co",
    "cu",
    "da",
    "de",
    "di",
    "el",
    "en",
    "fa",
    "fi",
    "ga",
    "go",
    "ha",
    "in",
    "ka",
    "la",
    "le",
    "li",
    "ma",
    "me",
    "mi",
    "na",
    "ne",
    "no",
    "or",
    "pa",
    "pe",
    "po",
    "qua",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "tor",
    "un",
    "va",
    "ve",
    "vi",
]


class MadeArticles:
    """A source of articles; the same seed gives the same ones."""

    def __init__(self, seed: int = 6) -> None:
        self._random = random.Random(seed)  # noqa: S311  # nobody is to be kept from guessing
        self._words = [COMMON, "of", "and", "to", "in", "a", *self._names(WORDS)]
        self._word_weights = _zipf(len(self._words))
        self._hosts = [f"{name}.example" for name in self._names(HOSTS)]
        self._host_weights = _zipf(HOSTS)
        self._people = [
            f"{first.title()} {last.title()}" for first, last in zip(self._names(PEOPLE), self._names(PEOPLE), strict=True)
        ]

    def articles(self, count: int) -> Iterator[Article]:
        """So many articles, the oldest first."""
        for number in range(count):
            yield self.article(number)

    def article(self, number: int) -> Article:
        """The article with this number."""
        pick = self._random
        (host,) = pick.choices(self._hosts, cum_weights=self._host_weights)
        words = self._sample(max(40, int(pick.lognormvariate(math.log(400), 0.5))))
        if number % RARE_EVERY == 0:
            words[len(words) // 2] = RARE
        title = " ".join(self._sample(9)).capitalize()
        paragraphs = [" ".join(words[start : start + 60]).capitalize() + "." for start in range(0, len(words), 60)]
        author = pick.choice(self._people)
        day = FIRST_DAY + timedelta(minutes=7 * number)
        url = f"https://{host}/{day:%Y/%m}/{'-'.join(title.lower().split()[:6])}-{number}.html"
        published = f"{day - timedelta(hours=pick.randrange(200)):%Y-%m-%d}"
        return Article(
            id=urls.article_id(url),
            url=url,
            requested_url=url,
            canonical_url=url,
            title=title,
            subtitle=" ".join(self._sample(16)).capitalize() + ".",
            byline=f"By {author}",
            authors=(Author(author, url=f"https://{host}/people/{author.split()[1].lower()}"),),
            dates=Dates(published=published, modified=f"{day:%Y-%m-%dT%H:%M:%SZ}" if number % 3 == 0 else None),
            source=Source(publisher=host.partition(".")[0].title(), host=host),
            section=(self._words[20 + number % 12].title(),),
            tags=tuple(self._words[100 + (number * step) % 400] for step in (1, 7, 13)),
            language="de" if number % 10 == 0 else "en",
            body=Body("\n\n".join(paragraphs), "".join(f"<p>{text}</p>" for text in paragraphs), len(words)),
            verdict="listing" if number % 50 == 0 else "article",
            evidence={
                "title": Evidence(
                    "meta", "og:title", title, ("h1", "json-ld"), (Rejected("dom", "title", f"{title} | {host}"),)
                ),
                "byline": Evidence("dom", "p.byline", f"By {author}", ("meta",)),
                "dates.published": Evidence("json-ld", "NewsArticle.datePublished", published, ("time",)),
                "body": Evidence("dom", "html > body > main > article", f"{len(paragraphs)} blocks"),
            },
            feed=FeedOrigin(f"https://{host}/feed", url, title) if number % 2 else None,
            capture=CaptureIdentity(
                fetched_at=f"{day:%Y-%m-%dT%H:%M:%SZ}",
                status=200,
                media_type="text/html",
                charset="utf-8",
                bytes=80_000,
                sha256=f"{number:064x}",
                etag=f'"{number:x}"',
                warc=f"captures/{day:%Y/%m}/{number:016x}-{day:%Y%m%dT%H%M%SZ}.warc.gz",
                warc_bytes=25_000,
                warc_sha256=f"{number:064x}",
                offset=412,
            ),
        )

    def _sample(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._word_weights, k=count)

    def _names(self, count: int) -> list[str]:
        """So many made-up words, all different."""
        found: dict[str, None] = {}
        while len(found) < count:
            found["".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 4)))] = None
        return list(found)


def _zipf(count: int) -> list[float]:
    """Weights, added up, of which the n-th falls with n."""
    return list(itertools.accumulate(1 / (rank + 2.7) for rank in range(count)))
