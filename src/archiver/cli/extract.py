"""`archiver extract`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.network import network_options
from archiver.cli.targets import one_page
from archiver.cli.terminal import message_line, printed_record
from archiver.errors import InvalidInput, NotAnArticle

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.article import Article
    from archiver.capture import Capture, SavedPage
    from archiver.cli.run import Run
    from archiver.settings import Settings
    from archiver.tasks.manners.pace import Pace

FORMATS = ("json", "text", "markdown", "html")


@click.command("extract")
@click.argument("target", metavar="URL|FILE|-")
@click.option("--url", "address", metavar="URL", help="The address that FILE or standard input was saved from.")
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="What to print. Default: json.")
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--explain", is_flag=True, help="Print why each block of the page was kept or dropped.")
@click.option("--grep", "wanted", metavar="TEXT", help="Explain in full, and only the blocks that hold TEXT.")
@network_options()
@click.pass_obj
def command(
    run: Run,
    target: str,
    address: str | None,
    form: str | None,
    *,
    explain: bool,
    wanted: str | None,
    network: Callable[..., Settings],
) -> int:
    """Print one page's record; archive nothing.

    The page is a URL, a saved page as archiver fetch takes it, or with - the one on standard input. A saved page's own
    address, given with --url where the file does not say it, makes its links absolute and its ID known; of a WARC file it
    picks the page.

    With --explain the page is shown block by block: kept or dropped, and by which rules and weights. Far from the article
    the dropped ones are summed up, but not when piped or with --json. To ask for one missing paragraph, give its first
    words to --grep.

    \b
    Examples:
      archiver extract https://example.org/2026/a-story
      archiver extract saved.html --format markdown
      curl -s https://example.org/ | archiver extract - --url https://example.org/
      archiver extract saved.html --grep "The harbour was built"

    \b
    Exit codes:
      0 printed    1 failed    2 not a URL or file    6 printed, but the page is no article
    """
    if explain or wanted is not None:
        article = _explain(run, target, address, form, wanted, network(run))
    else:
        article = _article(run, target, address, network(run))
        click.echo(printed_record(article, form or "json"), nl=False)
    if article.verdict != "article":
        raise NotAnArticle(f"this page is no article: {article.verdict}", subject=target)
    return 0


def _article(run: Run, target: str, address: str | None, settings: Settings) -> Article:
    from archiver.capture import Capture
    from archiver.tasks.archiving.read_page import read_capture, read_saved

    page = _page(target, address, settings)
    if page is None:
        from archiver.tasks.reaching.reach import Reach

        page = Reach(run.store(), settings, _pace(run, settings), run.rules).article(target)
    return read_capture(page, run.rules) if isinstance(page, Capture) else read_saved(page, run.rules)


def _explain(run: Run, target: str, address: str | None, form: str | None, wanted: str | None, settings: Settings) -> Article:
    from archiver.capture import as_saved
    from archiver.cli.explained import print_explanation
    from archiver.tasks.explain_page import explain_saved, explain_url

    if form not in {None, "json"}:
        raise InvalidInput(f"an explanation is no {form}", subject="--format", remedy="leave --format out, or give --json")
    if wanted is not None and not any(map(str.isalnum, wanted)):
        raise InvalidInput("no letter or digit to look for", subject="--grep", remedy="give the first words of a paragraph")
    page = _page(target, address, settings)
    if page is None:
        explanation = explain_url(target, settings, _pace(run, settings), run.rules)
    else:
        explanation = explain_saved(as_saved(page), run.rules)
    print_explanation(explanation, form, wanted)
    for warning in explanation.article.warnings:
        message_line(f"{target}: {warning}")
    return explanation.article


def _page(target: str, address: str | None, settings: Settings) -> Capture | SavedPage | None:
    """The page in the file, or on standard input, that `target` names; None where it is a URL."""
    page = one_page(target, address, settings)
    if page is None and address is not None:
        raise InvalidInput("--url goes with a FILE or -, and this is a URL", subject=target, remedy="leave --url out")
    return page


def _pace(run: Run, settings: Settings) -> Pace:
    """The pace of hosts that all runs on the archive share; where there is no archive, of this run alone."""
    from archiver.tasks.manners.pace import Pace

    return Pace(run.store(), settings.pace_seconds)
