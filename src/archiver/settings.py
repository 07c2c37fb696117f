"""Settings: defaults < config.toml < environment < options.

Each field of `Settings` is one setting. `load` reads the file and the environment once, at
the start of a run; nothing reads them later.
"""

from __future__ import annotations

import dataclasses
import reprlib
import tomllib
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from archiver import __version__, values
from archiver.errors import InvalidInput
from archiver.values import Proxy, SentHeader  # noqa: TC001  # the types of fields, asked for when values are converted

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
        rules_folder: where the user's site rules are; None: the user has none.
        join_pages: whether the further pages of an article in several are fetched too.
        wayback: whether an entry's page that is gone is looked for in the Internet Archive.
        wayback_url: where its captures and their index (CDX) stand.
        wayback_available_url: where it says whether it has a page.
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
    join_pages: bool = True
    wayback: bool = False
    wayback_url: str = "https://web.archive.org"
    wayback_available_url: str = "https://archive.org/wayback/available"

    @property
    def agent(self) -> str:
        """What the User-Agent header says."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

    def with_options(self, **options: Any) -> Self:
        """These settings, with the options of the command line that were given (not None) in the place of their values."""
        return dataclasses.replace(self, **{name: value for name, value in options.items() if value is not None})


def load(environment: Mapping[str, str], *, home: Path | None = None) -> Settings:
    """The settings of this run. `home`, from the command line, outranks every other source of the archive directory.

    Args:
        environment: usually `os.environ`. `ARCHIVER_<NAME>` sets a setting; `ARCHIVER_CONFIG` names the config file, which
            must then exist. Else `config.toml` in the platform's configuration directory is read where there is one. The
            folder of site rules is `rules` beside it.

    Raises:
        InvalidInput: the config file is not TOML, names an unknown setting, or a value cannot be what the setting takes.
    """
    named = environment.get(CONFIG_VARIABLE, "").strip()
    path = _convert(Path, named, CONFIG_VARIABLE) if named else _platform_directory("user_config_dir") / "config.toml"
    chosen: dict[str, Any] = {"rules_folder": path.parent / "rules"}
    chosen |= _from_file(path, must_exist=bool(named)) | _from_environment(environment)
    if home is not None:
        chosen["home"] = home
    if "home" not in chosen:
        chosen["home"] = _platform_directory("user_data_dir")
    return Settings(**chosen)


def _platform_directory(kind: str) -> Path:
    import platformdirs  # not needed where everything is named

    return Path(getattr(platformdirs, kind)("archiver", appauthor=False))


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    document = _document(path, must_exist=must_exist)
    types = typing.get_type_hints(Settings)
    unknown = sorted(set(document) - set(types))
    if unknown:
        known = ", ".join(types)
        raise InvalidInput(f"unknown setting {unknown[0]!r}", subject=str(path), remedy=f"known settings: {known}")
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
