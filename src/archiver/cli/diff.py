"""`archiver diff`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import article_argument
from archiver.cli.terminal import safe_text

if TYPE_CHECKING:
    from archiver.cli.run import Run

FORMATS = ("text", "html", "unified", "json")


@click.command("diff")
@article_argument()
@click.argument("versions", metavar="[A B]", nargs=-1, type=click.IntRange(min=1))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print.")
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option(
    "--context",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Show N unchanged paragraphs around each change.",
)
@click.pass_obj
def command(run: Run, article: str, versions: tuple[int, ...], form: str, context: int) -> None:
    """Show what changed between two versions of an article, word by word; what changed beside the text is told first.

    A and B are numbers of archiver history; without them the last two versions are compared. In the terminal, what went is
    struck out and what came is underlined; when piped they stand in [-…-] and {+…+}. html is one page that needs nothing
    else; unified compares line by line, as programs that read diffs expect it.

    \b
    Examples:
      archiver diff 7f3a9c
      archiver diff 7f3a9c 1 3
      archiver diff 7f3a9c --format html > changes.html

    \b
    Exit codes:
      0 shown    2 no such version, or the ID is ambiguous    4 not in the archive    5 a record is damaged
    """
    if len(versions) not in (0, 2):
        raise click.UsageError("Give two versions, or none for the last two.")
    from archiver.cli import diff_forms
    from archiver.cli.comparison import compared
    from archiver.tasks.versions.succession import chosen

    store = run.store()
    found = compared(*chosen(store, store.find(article), versions))
    if form == "text" and sys.stdout.isatty():
        from archiver.cli.changes_view import print_comparison

        print_comparison(found, context=context)
        return
    if form == "html":
        from archiver.cli.diff_page import page

        printed = page(found, context=context)
    else:
        printed = diff_forms.FORMS[form](found, context)
    click.echo(safe_text(printed), nl=False)
