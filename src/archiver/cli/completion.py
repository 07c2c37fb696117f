"""`archiver completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what makes the shell complete commands, options, IDs, tags and feeds.

    An ID is completed from its beginning, and zsh and fish show the titles beside them. Where nothing was typed, the articles
    fetched last are offered.

    \b
    Examples:
      archiver completion bash > ~/.local/share/bash-completion/completions/archiver
      archiver completion zsh > "${fpath[1]}/_archiver"
      archiver completion fish > ~/.config/fish/completions/archiver.fish

    \b
    Exit codes:
      0 done    2 a shell that is not known
    """
    from archiver.cli.main import COMPLETE_VARIABLE

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(ctx.find_root().command, {}, "archiver", COMPLETE_VARIABLE).source())
