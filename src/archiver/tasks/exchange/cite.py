"""What a page says of how to cite it, held against its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.extraction.citing import cited_year

if TYPE_CHECKING:
    from archiver.article import Article


def disagreement(article: Article, page: bytes | None) -> str | None:
    """In a sentence, that the page's own line about citing it gives another year than the article was published in.

    Args:
        page: what the article was extracted from; None where it is not held.
    """
    published = article.dates.published
    if not published or not article.title or page is None:
        return None
    year = cited_year(page, title=article.title, url=article.url)
    if year is None or year == published[:4]:
        return None
    modified = f", updated {article.dates.modified[:10]}" if article.dates.modified else ""
    return f"the page asks to be cited as of {year}; its dates say published {published[:10]}{modified}"
