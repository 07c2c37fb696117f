"""The options of commands that fetch pages: what goes along with each request, and how it is made."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver import values
from archiver.cli.options import timeout_option
from archiver.cli.terminal import error_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.cli.options import Decorator
    from archiver.cli.run import Run
    from archiver.settings import Settings

INSECURE = "certificates are not verified (--insecure): anyone on the way can read and change what is fetched"
_NAMES = ("timeout_seconds", "cookies", "headers", "user_agent", "proxy", "insecure", "netrc")


class HeaderField(click.ParamType[values.SentHeader]):
    """A header field: "Name: value"."""

    name = "header"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> values.SentHeader:
        """The field."""
        try:
            return values.header(str(value))
        except ValueError:
            self.fail("not a header field that can be sent; give 'Name: value' in ASCII", param, ctx)


class OneLine(click.ParamType[str]):
    """A value as a setting takes it, of the type `kind`."""

    name = "text"

    def __init__(self, kind: Any) -> None:
        self._convert, self._wanted = values.CONVERSIONS[kind]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value."""
        try:
            return str(self._convert(value))
        except (TypeError, ValueError):
            self.fail(f"not {self._wanted}", param, ctx)  # without the value, which may hold a password


def network_options(*, headers: bool = True) -> Decorator:
    """The options; the command gets a function `network` that gives the settings of its run: `network(run, jobs=…)`.

    Args:
        headers: whether `--header` is one: it is for the host of a URL that the user types.
    """
    options = [
        timeout_option(),
        click.option(
            "--cookies",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Send along the cookies in FILE (Netscape format), each by its own rules.",
        ),
        click.option("--user-agent", type=OneLine(str), metavar="TEXT", help="What to say who we are."),
        click.option(
            "--proxy",
            type=OneLine(values.Proxy | None),
            metavar="URL",
            help="The proxy to use: http://, https://, socks5:// or socks5h://. Default: those of the environment.",
        ),
        click.option("--insecure", is_flag=True, default=None, help="Do not verify certificates. Not safe."),
        click.option("--netrc", is_flag=True, default=None, help="Send the user names and passwords in .netrc."),
    ]
    if headers:
        field = click.option(
            "--header",
            "headers",
            type=HeaderField(),
            multiple=True,
            metavar="'NAME: VALUE'",
            help="Send this header field along, to the host of each URL given and to no other. May be repeated.",
        )
        options.insert(2, field)

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def with_network(*args: Any, **given: Any) -> Any:
            network = {name: given.pop(name) for name in _NAMES if name in given}
            return function(*args, network=functools.partial(_settings, network), **given)

        return functools.reduce(lambda made, option: option(made), reversed(options), with_network)

    return decorate


def _settings(network: dict[str, Any], run: Run, **options: Any) -> Settings:
    """The settings of `run`, with the options that were given. What is not safe is said, every time."""
    settings = run.settings
    network = dict(network)
    headers = network.pop("headers", ())
    settings = settings.with_options(headers=(*settings.headers, *headers), **network, **options)
    if settings.insecure:
        error_line(INSECURE)
    return settings
