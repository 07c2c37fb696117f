"""`archiver config`: list, get, set, unset, edit, path."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver import settings
from archiver.cli.terminal import message_line, safe_line, safe_text
from archiver.errors import ArchiverError, InvalidInput
from archiver.values import CommandLine, SentHeader, masked

if TYPE_CHECKING:
    from archiver.cli.run import Run
    from archiver.settings import Explained


@click.group("config")
def command() -> None:
    """Show and change settings.

    A setting comes from, the later outranking the earlier: its default, config.toml, the environment (ARCHIVER_ and its name in
    capitals), the command line. docs/settings.md says what each one means.

    \b
    Examples:
      archiver config list
      archiver config set timeout_seconds 60
      archiver config edit

    \b
    Exit codes:
      0 done    1 the file cannot be written    2 no such setting, or it cannot be this
    """


@command.command("list", short_help="List every setting, its value and where it comes from.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@click.pass_obj
def list_(run: Run, *, as_json: bool) -> None:
    """List every setting, its value and where it comes from. Piped, the columns are parted by tabs.

    Passwords are not shown: *** stands for the user name and password of a proxy, and for what header fields say.

    \b
    Examples:
      archiver config list
      ARCHIVER_TIMEOUT_SECONDS=60 archiver config list

    \b
    Exit codes:
      0 done    2 a setting cannot be what it is set to
    """
    told = {name: one._replace(value=masked(one.value)) for name, one in run.explained_settings.items()}
    if as_json:
        rows = {name: {"value": _plain(setting.value), "origin": setting.origin} for name, setting in told.items()}
        click.echo(safe_text(json.dumps(rows, ensure_ascii=False, indent=2)))
    elif sys.stdout.isatty():
        from archiver.cli import views

        views.print_settings([(name, _shown(setting), setting.origin) for name, setting in told.items()])
    else:
        for name, setting in told.items():
            click.echo("\t".join((name, safe_line(_shown(setting)), safe_line(setting.origin))))


@command.command("get", short_help="Print a setting's value.")
@click.argument("name")
@click.pass_obj
def get(run: Run, name: str) -> None:
    """Print the value that a setting has now, wherever it comes from, passwords too; nothing where it has none.

    The parts of a list are parted by commas; header fields stand on a line each.

    \b
    Examples:
      archiver config get home
      ls "$(archiver config get home)"/captures

    \b
    Exit codes:
      0 done    2 no such setting
    """
    told = run.explained_settings
    if name not in told:
        raise settings.unknown(name)
    if shown := _shown(told[name]):
        click.echo("\n".join(map(safe_line, shown.splitlines())))


@command.command("set", short_help="Write a setting to config.toml.")
@click.argument("name")
@click.argument("value")
def set_(name: str, value: str) -> None:
    """Write a setting to config.toml, which is made where there is none; what else stands in it stays, comments too.

    The parts of a list are parted by commas; header fields are parted by line ends.

    \b
    Examples:
      archiver config set home ~/archive
      archiver config set allow_private wiki.intranet.example,10.20.0.0/16

    \b
    Exit codes:
      0 done    1 the file cannot be written    2 no such setting, or it cannot be this
    """
    checked = settings.checked(name, value)
    path = settings.config_file(os.environ)
    _write(path, name, value if isinstance(checked, Path) else _plain(checked))
    variable = settings.ENVIRONMENT_PREFIX + name.upper()
    if os.environ.get(variable, "").strip():
        message_line(f"archiver: {variable} is set, and outranks {path}")


@command.command("unset", short_help="Take a setting out of config.toml.")
@click.argument("name")
def unset(name: str) -> None:
    """Take a setting out of config.toml: it has its default again, unless the environment sets it.

    \b
    Examples:
      archiver config unset timeout_seconds

    \b
    Exit codes:
      0 done, or it was not there    1 the file cannot be written    2 the file is not TOML
    """
    _write(settings.config_file(os.environ), name, None)


@command.command("edit", short_help="Open config.toml in your editor.")
def edit() -> None:
    """Open config.toml in the editor that $VISUAL or $EDITOR names, and say what is wrong with it afterwards.

    \b
    Examples:
      archiver config edit

    \b
    Exit codes:
      0 done    1 the editor failed    2 what was saved cannot be used
    """
    path = settings.config_file(os.environ)
    if not path.exists():
        _save(path, "")
    click.edit(filename=str(path))
    settings.load(os.environ)


@command.command("path", short_help="Print where config.toml is.")
def path() -> None:
    """Print the path of config.toml, whether or not there is one.

    \b
    Examples:
      cat "$(archiver config path)"

    \b
    Exit codes:
      0 done
    """
    click.echo(safe_line(str(settings.config_file(os.environ))))


def _plain(value: Any) -> Any:
    """`value` as JSON and TOML have it."""
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, Path) else value


def _shown(setting: Explained) -> str:
    value = _plain(setting.value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(setting.value, CommandLine):
        return shlex.join(value)
    if isinstance(value, list):
        parted_by = "\n" if any(isinstance(item, SentHeader) for item in setting.value) else ","
        return parted_by.join(value)
    return "" if value is None else str(value)


def _write(path: Path, name: str, value: Any) -> None:
    """Sets `name` in the file, or with None takes it out; everything else stays as it stands."""
    import tomlkit
    from tomlkit.exceptions import ParseError

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig") if path.exists() else "")
    except (ParseError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"is not valid TOML: {error}", subject=str(path), remedy="correct it: archiver config edit"
        ) from error
    except OSError as error:
        raise _unusable(path, "read", error) from error
    if value is not None:
        document[name] = value
    elif document.pop(name, None) is None:
        return
    _save(path, tomlkit.dumps(document))


def _save(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with click.open_file(str(path), "w", encoding="utf-8", atomic=True) as file:
            file.write(text)
    except OSError as error:
        raise _unusable(path, "written", error) from error


def _unusable(path: Path, verb: str, error: OSError) -> ArchiverError:
    reason = f"cannot be {verb}: {error.strerror or error}"
    return ArchiverError(reason, subject=str(path), remedy="check its permissions")
