"""Pages and sites for tests that need an article, not a trait."""

from __future__ import annotations

SENTENCES = (
    "The harbour was built in stages, each of them after a storm had shown what was missing.",
    "Engineers measured the currents for two winters before the first stone was laid.",
    "What they found, the council minutes say, was a tide that ran stronger at night than by day.",
    "Nobody had expected the sand to move as fast as it did, and the first wall sank within a year.",
    "The second wall stood on oak piles, and parts of it can still be seen at low water.",
)


def paragraphs(count: int = 6) -> str:
    """So many paragraphs of prose, all different."""
    return "\n".join(
        f"<p>{' '.join(SENTENCES[(number + offset) % len(SENTENCES)] for offset in range(3))} That was stage {number}.</p>"
        for number in range(1, count + 1)
    )


def article_page(
    title: str = "How the Old Harbour Was Built",
    *,
    author: str = "Ana de la Cruz",
    published: str = "2026-03-14",
    publisher: str = "The Coast Review",
    body: str = "",
) -> str:
    """A plain article page; `body` is HTML that stands before its paragraphs."""
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title} | {publisher}</title>
<meta property="og:site_name" content="{publisher}"><meta property="og:title" content="{title}">
<meta name="author" content="{author}"><meta property="article:published_time" content="{published}"></head>
<body><header><nav><a href="/">Home</a> <a href="/coast">Coast</a></nav></header>
<main><article><h1>{title}</h1><p class="byline">By {author}</p><time datetime="{published}">{published}</time>
{body}
{paragraphs()}
</article></main>
<footer><p>© 2026 {publisher}. All rights reserved.</p></footer></body></html>"""


LISTING_PAGE = """<!doctype html><html lang="en"><head><title>The Coast Review</title></head><body><main><ul>
{items}
</ul></main></body></html>""".format(
    items="\n".join(
        f'<li><a href="/2026/story-{number}">Story number {number} and its headline</a></li>' for number in range(40)
    )
)
