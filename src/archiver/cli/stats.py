"""`archiver stats`."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from archiver.cli.filters import filter_options, filters_from
from archiver.cli.terminal import safe_line, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.cli.run import Run
    from archiver.store import Filters
    from archiver.tasks.stats import Stats

FORMATS = ("chart", "tsv", "json", "html")


@click.command("stats")
@filter_options()
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Rank the N most frequent.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None, help="Default: chart on a terminal, tsv when piped."
)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--output", type=click.File("wb", atomic=True), default=None, metavar="FILE", help="Default: standard output.")
@click.pass_obj
def command(run: Run, /, *, top: int, form: str | None, output: BinaryIO | None, **chosen: object) -> None:
    """Show what is in the archive, in numbers: how much, since when, from where, by whom, and how well it was read.

    Weekday and hour are those of publication, as the pages print them. The room on disk is that of the whole archive, whatever
    the filters let through. HTML is one page that needs nothing else: charts in light and dark, and for paper.

    \b
    Examples:
      archiver stats
      archiver stats --site example.org --published-since 2017 --published-until 2017
      archiver stats --json | jq .totals.words
      archiver stats --format html --output stats.html

    \b
    Exit codes:
      0 done    1 the archive or FILE cannot be used    2 usage
    """
    from archiver.tasks.stats import stats

    filters = filters_from(chosen)
    found = stats(run.store(), filters, top=top)
    form = form or ("chart" if output is None and sys.stdout.isatty() else "tsv")
    if form == "chart":
        if output is not None:
            raise click.UsageError("Charts are for a terminal; with --output give --format html, json or tsv.")
        _draw(found)
        return
    text = "".join(f"{line}\n" for line in _written(found, filters, form))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write(text.encode("utf-8", "backslashreplace"))


def _written(found: Stats, filters: Filters, form: str) -> Iterator[str]:
    if form == "json":
        yield safe_text(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    elif form == "html":
        from archiver.cli.stats_page import page

        yield page(found, filters)
    else:
        for cells in _cells(found):
            yield "\t".join(safe_line("" if cell is None else str(cell)) for cell in cells)


def _cells(found: Stats) -> Iterator[tuple[object, object, object]]:
    """What it is, of what, and how much: the first two by the keys of JSON."""
    yield from (("totals", field.name, getattr(found.totals, field.name)) for field in dataclasses.fields(found.totals))
    for name in ("fetched", "published"):
        yield from ((name, bar.name, bar.articles) for bar in getattr(found, name).bars)
    for name in ("weekdays", "hours"):
        yield from ((name, bar.name, bar.articles) for bar in getattr(found, name))
    for name in ("sites", "authors", "your_tags", "tags", "sections", "languages", "verdicts"):
        yield from ((name, bar.name, bar.articles) for bar in getattr(found, name).top)
    yield from (("fields", field.field, field.articles) for field in found.fields)
    yield from (("disk", kind.name, kind.bytes) for kind in found.disk)


def _draw(found: Stats) -> None:
    from archiver.cli import charts, stats_blocks

    if not found.totals.articles:
        click.echo("No such article in the archive; archiver fetch URL adds one.", err=True)
        return
    blocks = (*stats_blocks.rankings(found), stats_blocks.fields(found), stats_blocks.disk(found))
    charts.print_charts(stats_blocks.facts(found), stats_blocks.lines_of_time(found), blocks)
