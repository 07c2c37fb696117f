"""The command line's entry: the group of commands, and the one place where errors become a line and an exit code.

A command's module is imported when the command runs, so `--help` and completion stay fast; `COMMANDS` holds what the
overview needs to know of each.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from archiver import __version__
from archiver.cli.lazy import Command, LazyGroup
from archiver.cli.run import Run
from archiver.cli.terminal import INTERRUPTED, error_line, prepare_streams
from archiver.errors import ArchiverError

DEBUG_VARIABLE = "ARCHIVER_DEBUG"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
COMPLETE_VARIABLE = "_ARCHIVER_COMPLETE"
"""Set by what `archiver completion` prints, when the shell asks."""

COMMANDS = {
    "fetch": Command("fetch", "Archive pages: URLs, saved files, or URLs from standard input."),
    "extract": Command("extract", "Print one page's record; archive nothing."),
    "import": Command("import_", "Take articles from another archive."),
    "queue": Command("queue", "Show and work off the queue of imported pages."),
    "list": Command("list_", "List the archived articles, newest first."),
    "show": Command("show", "Show an article in the terminal."),
    "search": Command("search", "Search the full text of the archive."),
    "why": Command("why", "Show where an article's title, byline, dates … come from."),
    "history": Command("history", "Show an article's versions, and when its page was gone."),
    "diff": Command("diff", "Show what changed between two versions, word by word."),
    "open": Command("open_", "Open an article's page in the browser."),
    "tag": Command("tag", "Give an article tags of your own, or take them away."),
    "star": Command("star", "Star articles, or take the star away."),
    "note": Command("note", "Write a note on an article, in your editor too."),
    "read": Command("read", "Mark articles as read, or as unread."),
    "export": Command("export", "Export articles: JSON, CSV, text, Markdown, HTML, EPUB …"),
    "cite": Command("cite", "Cite articles: APA, MLA, Chicago …, BibTeX, RIS, Wikipedia."),
    "stats": Command("stats", "Show what is in the archive, in numbers."),
    "feed": Command("feed", "Follow feeds: add, list, check and remove them."),
    "sync": Command("sync", "Archive what is new in the feeds that are followed."),
    "rules": Command("rules", "List, check and test site rules."),
    "reparse": Command("reparse", "Extract articles again from their captures, offline."),
    "check": Command("check", "Check that the archive is whole, and repair it."),
    "duplicates": Command("duplicates", "List articles that may be one."),
    "merge": Command("merge", "Join articles that are one, with all that is kept of each."),
    "remove": Command("remove", "Remove articles from the archive."),
    "config": Command("config", "Show and change settings."),
    "completion": Command("completion", "Print what makes the shell complete."),
    "doctor": Command("doctor", "Look at what the program needs, and say what is wrong."),
}


@click.group(cls=LazyGroup, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "--archive",
    "home",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The archive directory. Default: $ARCHIVER_HOME, else the platform's data directory.",
)
@click.pass_context
def cli(ctx: click.Context, home: Path | None) -> None:
    """Keep articles for good: fetch pages, extract the article in each, and read, list and search what was kept.

    \b
    Examples:
      archiver fetch https://example.org/2026/a-story
      archiver list --fetched-since 2w
      archiver search glutamate
      archiver show 7f3a9c

    \b
    Exit codes:
      0 done    1 failed    2 usage    3 some items failed    4 not in the archive    5 damage found
      6 not an article    11 another run holds the lock    130 interrupted
    """
    if home is not None and not str(home).strip():
        raise click.BadParameter("names no directory.", param_hint="--archive")
    ctx.obj = Run(home and home.expanduser())
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") in {"dumb", "unknown"}:
        ctx.color = False  # rich asks this itself; click does not


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and exits with the code that `archiver.errors` and docs/commands.md define."""
    prepare_streams()
    if instruction := os.environ.get(COMPLETE_VARIABLE):
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(cli, {}, "archiver", COMPLETE_VARIABLE, instruction))
    sys.exit(_exit_code(arguments))


def _exit_code(arguments: list[str] | None) -> int:
    code = 0
    try:
        # click's own main would end the program itself on some errors, a closed pipe among them
        with cli.make_context("archiver", list(sys.argv[1:] if arguments is None else arguments)) as context:
            try:
                code = cli.invoke(context) or 0
            except ArchiverError as error:
                if isinstance(context.obj, Run) and context.obj.has_noted(str(error)):
                    code = error.exit_code  # the index has come upon the same file before
                else:
                    raise
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        code = ended.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except ArchiverError as error:
        error_line(str(error))
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        error_line("interrupted")
        code = INTERRUPTED
    except BrokenPipeError:
        _let_go_of_stdout()  # the reader of our output is gone (`archiver list | head`): nobody is left to tell
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        error_line(_unforeseen(error))
        code = 1
    return code


def _let_go_of_stdout() -> None:
    """Sends what is still to be printed nowhere, so that the end of the program does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unforeseen(error: Exception) -> str:
    """What is said of an error that nobody caught: a bug, but where what is printed goes to a full disk."""
    if isinstance(error, OSError) and error.filename is None and error.errno in _FULL:
        _let_go_of_stdout()
        return f"what is printed cannot be written: {error.strerror} (free some space, or print elsewhere)"
    reason = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"unexpected error: {reason} (a bug; set {DEBUG_VARIABLE}=1 to see where, and report it)"
