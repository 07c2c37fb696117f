"""Settings: defaults < config.toml < environment < options.

Each field of `Settings` is one setting. `load` reads the file and the environment once, at
the start of a run; nothing reads them later.
"""

from __future__ import annotations

import dataclasses
import difflib
import reprlib
import tomllib
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from archiver import __version__, values
from archiver.errors import InvalidInput
from archiver.values import (  # the types of fields, asked for when values are converted
    NO_COMMAND,
    Background,
    CommandLine,
    Proxy,
    SentHeader,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_PREFIX = "ARCHIVER_"
CONFIG_VARIABLE = f"{ENVIRONMENT_PREFIX}CONFIG"
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run goes by.

    Attributes:
        home: the archive directory.
        timeout_seconds: total deadline of one page, redirects included.
        connect_seconds: longest wait for a connection.
        idle_seconds: longest silence while a response is coming.
        max_bytes: largest page, in decoded bytes.
        max_redirects: hops followed before giving up.
        user_agent: the User-Agent header.
        contact: how to reach the person who runs it, told in the User-Agent; None: nobody says.
        headers: header fields to send along, each to one host alone.
        cookies: a file of cookies to send along (Netscape format); None: none.
        netrc: whether .netrc is read for user names and passwords.
        proxy: the proxy to use; None: those that the environment names.
        insecure: whether certificates are not verified.
        pace_seconds: least time between two requests to one host, whichever run makes them; None: 1, and none on loopback.
        jobs: most pages on their way at once, each from another host.
        allow_private: hosts or networks (CIDR) a redirect may lead to though they are not public.
        hook: the command that is run after each new or changed article, and its arguments; empty: none.
        rules_folder: where the user's site rules are; None: the user has none.
        join_pages: whether the further pages of an article in several are fetched too.
        wayback: whether an entry's page that is gone is looked for in the Internet Archive.
        wayback_url: where its captures and their index (CDX) stand.
        wayback_available_url: where it says whether it has a page.
        background: what is behind the text on the terminal, which decides on colours.
    """

    home: Path
    timeout_seconds: float = 30.0
    connect_seconds: float = 10.0
    idle_seconds: float = 15.0
    max_bytes: int = 20 * MEBIBYTE
    max_redirects: int = 10
    user_agent: str = f"archiver/{__version__} (personal article archive)"
    contact: str | None = None
    headers: tuple[SentHeader, ...] = ()
    cookies: Path | None = None
    netrc: bool = False
    proxy: Proxy | None = None
    insecure: bool = False
    pace_seconds: float | None = None
    jobs: int = 32
    allow_private: tuple[str, ...] = ()
    rules_folder: Path | None = None
    hook: CommandLine = NO_COMMAND
    join_pages: bool = True
    wayback: bool = False
    wayback_url: str = "https://web.archive.org"
    wayback_available_url: str = "https://archive.org/wayback/available"
    background: Background = "auto"

    @property
    def agent(self) -> str:
        """What the User-Agent header says."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

    def with_options(self, **options: Any) -> Self:
        """These settings, with the options of the command line that were given (not None) in the place of their values."""
        return dataclasses.replace(self, **{name: value for name, value in options.items() if value is not None})


class Explained(NamedTuple):
    """A setting's value, and its origin: "default", the config file, "environment", or the option."""

    value: Any
    origin: str


class _Source(NamedTuple):
    name: str
    values: dict[str, Any]


def load(environment: Mapping[str, str], *, home: Path | None = None) -> Settings:
    """The settings of this run. `home`, from the command line, outranks every other source of the archive directory.

    Args:
        environment: usually `os.environ`. `ARCHIVER_<NAME>` sets a setting; `ARCHIVER_CONFIG` names the config file, which
            must then exist. Else `config.toml` in the platform's configuration directory is read where there is one. The
            folder of site rules is `rules` beside it.

    Raises:
        InvalidInput: the config file is not TOML, names an unknown setting, or a value cannot be what the setting takes.
    """
    values: dict[str, Any] = {}
    for source in _sources(environment, home):
        values |= source.values
    return Settings(**values)


def explained(environment: Mapping[str, str], *, home: Path | None = None) -> dict[str, Explained]:
    """Each setting by name: its value, and which source it has it from.

    Raises:
        InvalidInput: as `load`.
    """
    told: dict[str, Explained] = {}
    for source in _sources(environment, home):
        told |= {name: Explained(value, source.name) for name, value in source.values.items()}
    return {field.name: told[field.name] for field in dataclasses.fields(Settings)}


def config_file(environment: Mapping[str, str]) -> Path:
    """The config file of this run, which need not be there.

    Raises:
        InvalidInput: `ARCHIVER_CONFIG` cannot be a path.
    """
    named = environment.get(CONFIG_VARIABLE, "").strip()
    return _convert(Path, named, CONFIG_VARIABLE) if named else _platform_directory("user_config_dir") / "config.toml"


def checked(name: str, text: str) -> Any:
    """What `text`, as a person or the environment writes it, is as the value of setting `name`.

    Raises:
        InvalidInput: there is no such setting, or it cannot be this.
    """
    types = typing.get_type_hints(Settings)
    if name not in types:
        raise unknown(name)
    return _convert(types[name], text, name)


def _sources(environment: Mapping[str, str], home: Path | None) -> list[_Source]:
    """Where settings come from, each outranking those before it."""
    path = config_file(environment)
    defaults = {field.name: field.default for field in dataclasses.fields(Settings) if field.default is not dataclasses.MISSING}
    defaults["rules_folder"] = path.parent / "rules"
    stated = [
        _Source(str(path), _from_file(path, must_exist=bool(environment.get(CONFIG_VARIABLE, "").strip()))),
        _Source("environment", _from_environment(environment)),
        _Source("--archive", {} if home is None else {"home": home}),
    ]
    if not any("home" in source.values for source in stated):
        defaults["home"] = _platform_directory("user_data_dir")
    return [_Source("default", defaults), *stated]


def unknown(name: str, *, path: Path | None = None) -> InvalidInput:
    """The error that there is no setting `name`; `path` is the file that names it."""
    known = [field.name for field in dataclasses.fields(Settings)]
    near = difflib.get_close_matches(name, known, n=1)
    remedy = f"did you mean {near[0]}?" if near else f"known settings: {', '.join(known)}"
    return InvalidInput(f"unknown setting {name!r}", subject=str(path or ""), remedy=remedy)


def _platform_directory(kind: str) -> Path:
    import platformdirs  # not needed where everything is named

    return Path(getattr(platformdirs, kind)("archiver", appauthor=False))


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    document = _document(path, must_exist=must_exist)
    types = typing.get_type_hints(Settings)
    strange = sorted(set(document) - set(types))
    if strange:
        raise unknown(strange[0], path=path)
    return {name: _convert(types[name], value, f"{path}: {name}") for name, value in document.items()}


def _document(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if not must_exist:
            return {}
        raise InvalidInput("no such config file", subject=str(path), remedy=f"correct {CONFIG_VARIABLE}") from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise InvalidInput(reason, subject=str(path), remedy="check the file and its permissions") from error
    except UnicodeDecodeError as error:
        raise InvalidInput("is not UTF-8 text", subject=str(path), remedy="save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInput(f"is not valid TOML: {error}", subject=str(path), remedy="correct the file") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    types = typing.get_type_hints(Settings)
    found = {}
    for field in dataclasses.fields(Settings):
        name = ENVIRONMENT_PREFIX + field.name.upper()
        if text := environment.get(name, "").strip():
            found[field.name] = _convert(types[field.name], text, name)
    return found


def _convert(expected: Any, value: Any, subject: str) -> Any:
    """`value`, from TOML or the environment, as the type its field declares."""
    convert, wanted = values.CONVERSIONS[expected]
    try:
        return convert(value)
    except (TypeError, ValueError, OverflowError, RuntimeError) as error:
        shown = reprlib.repr(value) if expected not in values.SECRET else "what it says"
        raise InvalidInput(f"{shown} is not {wanted}", subject=subject, remedy="correct it, or leave it out") from error
