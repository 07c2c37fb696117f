"""`archiver tag`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import article_argument, complete_labels
from archiver.cli.options import quiet_option
from archiver.cli.terminal import SHOWN_ID_DIGITS, message_line, safe_line

if TYPE_CHECKING:
    from archiver.cli.run import Run


@click.command("tag")
@article_argument()
@click.argument("tags", metavar="TAG...", nargs=-1, shell_complete=complete_labels)
@click.option("--remove", is_flag=True, help="Take these tags away.")
@quiet_option()
@click.pass_obj
def command(run: Run, article: str, tags: tuple[str, ...], *, remove: bool, quiet: bool) -> None:
    """Give an article tags of your own. Without TAG, print those it has, one on each line.

    A tag may have spaces and slashes, but no comma; case makes no difference. Yours are called labels in lists and files,
    apart from the tags that the page itself names, and fetching the page again leaves them alone.

    \b
    Examples:
      archiver tag 7f3a9c depression "to cite"
      archiver tag 7f3a9c "to cite" --remove
      archiver list --tag depression

    \b
    Exit codes:
      0 done    2 the ID is ambiguous, or a tag cannot be one    4 not in the archive    5 its remarks are damaged
      11 another run is writing
    """
    from archiver.remarks import clean_label

    labels = tuple(map(clean_label, tags))
    if remove and not labels:
        raise click.UsageError("Which tags are to be taken away?")
    store = run.store()
    article_id = store.find(article)
    if not labels:
        for label in store.remarks(article_id).labels:
            click.echo(safe_line(label))
        return
    remarks = store.remark(article_id, lambda held: held.unlabelled(labels) if remove else held.labelled(labels))
    if not quiet:
        message_line(f"{article_id[:SHOWN_ID_DIGITS]}: {', '.join(remarks.labels) or '(no tags)'}")
