"""`archiver cite`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import articles_argument
from archiver.cli.terminal import SHOWN_ID_DIGITS, message_line, safe_text

if TYPE_CHECKING:
    from archiver.cli.run import Run

FORMATS = ("text", "html", "bibtex", "ris", "csl-json", "wikipedia")


@click.command("cite")
@articles_argument()
@click.option(
    "--style",
    default="apa",
    show_default=True,
    metavar="NAME",
    help="apa, mla, chicago, chicago-notes, harvard, ieee, or any other of the Citation Style Language. For text and html.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print.")
@click.pass_obj
def command(run: Run, articles: tuple[str, ...], *, style: str, form: str) -> None:
    """Cite articles, in a style or for another program.

    Says the author, title, site, date at the page's own precision, address, when it was archived, and the digest of the
    archived copy. Where the page's own line about citing it gives another year than its dates, that is noted on standard error.

    \b
    Examples:
      archiver cite 7f3a9c
      archiver cite 7f3a9c 0ad138 --style chicago --format html
      archiver list --starred --format ids | xargs archiver cite --format bibtex > starred.bib

    \b
    Exit codes:
      0 done    2 usage, or no such style    4 not in the archive    5 a record is damaged
    """
    from archiver.export import bibliography
    from archiver.export.reference import references
    from archiver.tasks.exchange.cite import disagreement

    store = run.store()
    found = [store.load(article_id) for article_id in dict.fromkeys([store.find(name) for name in articles])]
    cited = references(found)
    if form in bibliography.WRITERS:
        click.echo(safe_text(bibliography.WRITERS[form](cited)), nl=False)
    else:
        from archiver.export.styles import styled

        entries = styled(cited, style, html=form == "html")
        click.echo(safe_text("\n".join(f"<p>{entry}</p>" if form == "html" else entry for entry in entries)))
    for article in found:
        note = disagreement(article, store.payload(article))
        if note:
            message_line(f"{str(article.id)[:SHOWN_ID_DIGITS]}: {note}")
