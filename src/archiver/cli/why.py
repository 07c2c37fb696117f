"""`archiver why`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from archiver.article import EVIDENCED
from archiver.cli.arguments import article_argument
from archiver.cli.terminal import safe_line, safe_text
from archiver.errors import InvalidInput
from archiver.record import to_dict
from archiver.tasks.versions.changes import in_short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.article import Article, Evidence
    from archiver.cli.run import Run

    Told = tuple[str, str, str, str]
    """One claim: its outcome, the kind of its source, the place, and what stands there."""


@click.command("why")
@article_argument()
@click.argument("field", metavar="[FIELD]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the values and their evidence as JSON.")
@click.pass_obj
def command(run: Run, article: str, field: str | None, as_json: bool) -> None:
    """Show why each field of an article has its value: the claim that won, where it was found, who agrees, and who lost.

    FIELD is a key of the record, its last part, or what several begin with: "title", "published", "dates". Without it all
    fields with a value are shown. When piped: field, outcome, kind of source, place and value, parted by tabs.

    \b
    Examples:
      archiver why 7f3a9c
      archiver why 7f3a9c published
      archiver why 7f3a9c --json

    \b
    Exit codes:
      0 shown    2 no such field, or the ID is ambiguous    4 not in the archive    5 the record is damaged
    """
    store = run.store()
    found = store.load(store.find(article))
    fields = fields_named(field, found)
    explained = {name: found.evidence[name] for name in fields if name in found.evidence}
    if as_json:
        click.echo(safe_text(json.dumps(_as_dict(found, fields), ensure_ascii=False, indent=2)))
        return
    if not explained:
        click.echo(f"The record holds no claim for {', '.join(fields) or 'any field'}.", err=True)
    elif sys.stdout.isatty():
        from archiver.cli import views

        whole = field is not None  # few enough for values that take several lines
        views.print_claims(
            [(name, in_short(value_of(found, name)), claims(one)) for name, one in explained.items()], whole=whole
        )
    else:
        for name, one in explained.items():
            for told in claims(one):
                click.echo("\t".join(safe_line(cell) for cell in (name, *told)))


def fields_named(name: str | None, article: Article) -> list[str]:
    """The record's keys that `name` stands for, in the record's order; for None, those that have evidence.

    Raises:
        InvalidInput: none does.
    """
    known = list(dict.fromkeys((*EVIDENCED, *article.evidence)))
    if name is None:
        return [key for key in known if key in article.evidence]
    named = [key for key in known if key == name or key.startswith(f"{name}.") or key.endswith(f".{name}")]
    if not named:
        raise InvalidInput("no such field", subject=name, remedy=f"give one of {', '.join(known)}")
    return named


def claims(evidence: Evidence) -> list[Told]:
    """What the evidence for one field tells: the claim that won, who agrees, and who lost."""
    return [
        ("won", evidence.from_, evidence.at, evidence.value),
        *(("agrees", "", at, "") for at in evidence.agree),
        *(("lost", one.from_, one.at, one.value) for one in evidence.rejected),
    ]


def value_of(article: Article, field: str) -> Any:
    """What the record holds under a dotted key, as JSON has it; None where a part on the way is null."""
    value = to_dict(article)
    for key in field.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _as_dict(article: Article, fields: Sequence[str]) -> dict[str, object]:
    return {
        "id": article.id,
        "url": article.url,
        "fields": {
            name: {"value": value_of(article, name), "evidence": to_dict(article.evidence.get(name))} for name in fields
        },
    }
