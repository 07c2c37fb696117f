"""Settings: defaults < config.toml < environment < options.

Each field of `Settings` is one setting; its comment gives the unit. `load` reads the file and the environment once, at
the start of a run; nothing reads them later.
"""

from __future__ import annotations

import dataclasses
import tomllib
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver import __version__
from archiver.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_PREFIX = "ARCHIVER_"
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
        allow_private: hosts or networks (CIDR) a redirect may lead to though they are not public.
    """

    home: Path
    timeout_seconds: float = 30.0
    connect_seconds: float = 10.0
    idle_seconds: float = 15.0
    max_bytes: int = 20 * MEBIBYTE
    max_redirects: int = 10
    user_agent: str = f"archiver/{__version__} (personal article archive)"
    allow_private: tuple[str, ...] = ()


def load(environment: Mapping[str, str], *, config_file: Path | None = None, home: Path | None = None) -> Settings:
    """The settings of this run. `home`, from the command line, outranks every other source of the archive directory.

    Args:
        environment: usually `os.environ`. `ARCHIVER_<NAME>` sets a setting, `ARCHIVER_CONFIG` names the config file.
        config_file: read when it exists; default: `config.toml` in the platform's configuration directory.

    Raises:
        InvalidInput: the config file is not TOML, names an unknown setting, or a value has the wrong type.
    """
    named = environment.get(f"{ENVIRONMENT_PREFIX}CONFIG")
    path = config_file or (Path(named) if named else None)
    values: dict[str, Any] = {}
    if path is None:
        path = _platform_directory("user_config_dir") / "config.toml"
    values |= _from_file(path, must_exist=named is not None)
    values |= _from_environment(environment)
    if home is not None:
        values["home"] = home
    if "home" not in values:
        values["home"] = _platform_directory("user_data_dir")
    return Settings(**values)


def _platform_directory(kind: str) -> Path:
    import platformdirs  # not needed where everything is named

    return Path(getattr(platformdirs, kind)("archiver", appauthor=False))


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise InvalidInput("no such config file", subject=str(path), remedy="correct ARCHIVER_CONFIG") from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"cannot be read: {error}", subject=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"is not valid TOML: {error}", subject=str(path), remedy="correct the file") from error
    types = typing.get_type_hints(Settings)
    unknown = sorted(set(document) - set(types))
    if unknown:
        known = ", ".join(types)
        raise InvalidInput(f"unknown setting {unknown[0]!r}", subject=str(path), remedy=f"known settings: {known}")
    return {name: _convert(types[name], value, f"{path}: {name}") for name, value in document.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    types = typing.get_type_hints(Settings)
    values = {}
    for field in dataclasses.fields(Settings):
        name = ENVIRONMENT_PREFIX + field.name.upper()
        if text := environment.get(name, "").strip():
            values[field.name] = _convert(types[field.name], text, name)
    return values


def _convert(expected: Any, value: Any, subject: str) -> Any:
    """`value`, from TOML or the environment, as the type its field declares."""
    try:
        if expected is Path:
            return Path(_demand(value, str)).expanduser()
        if expected is str:
            return _demand(value, str)
        if expected in (int, float):
            return _positive(expected(_demand(value, (str, int, float))))
        items = value.split(",") if isinstance(value, str) else _demand(value, list)
        return tuple(item.strip() for item in items if _demand(item, str).strip())
    except (TypeError, ValueError) as error:
        wanted = {Path: "a path", str: "text", int: "a whole number above 0", float: "a number above 0"}
        raise InvalidInput(f"{value!r} is not {wanted.get(expected, 'a list of text')}", subject=subject) from error


def _positive(number: float) -> float:
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _demand(value: Any, kind: type | tuple[type, ...]) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError
    return value
