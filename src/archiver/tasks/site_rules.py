"""The site rules there are: those of the package and those in the user's folder, read when they are first needed.

TOML files are all read, since they say themselves whom they are for; of the other format, whose collections have thousands
of files, only the one that is named after the page's host.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from archiver import urls
from archiver.extraction.siterules.rule import Parsed, Problem, hosts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archiver.extraction.siterules import SiteRule
    from archiver.settings import Settings

PACKAGE_FOLDER = Path(__file__).resolve().parents[1] / "site_rules"
MAX_FILE_BYTES = 1024 * 1024
TOML, TEXT = ".toml", ".txt"
FORMATS = {TOML: "toml", TEXT: "full-text-rss"}
Owner = Literal["yours", "package"]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file that was read, whether it holds a rule or not."""

    path: Path
    owner: Owner
    parsed: Parsed

    @property
    def kind(self) -> str:
        """The format: "toml" or "full-text-rss"."""
        return FORMATS[self.path.suffix]


class SiteRules:
    """All site rules of a run.

    Args:
        folders: where they are, the one that outranks the others first.
        note: is told, once for each file, that a rule cannot be used for a page it is meant for.
    """

    def __init__(self, folders: Sequence[tuple[Path, Owner]], note: Callable[[str], None] = lambda _: None) -> None:
        self._folders = [_Folder(path, owner) for path, owner in folders]
        self._note = note
        self._noted: set[Path] = set()

    @classmethod
    def of(cls, settings: Settings, note: Callable[[str], None] = lambda _: None) -> SiteRules:
        """Those of the user's folder, then those of the package."""
        own: list[tuple[Path, Owner]] = [(settings.rules_folder, "yours")] if settings.rules_folder else []
        return cls([*own, (PACKAGE_FOLDER, "package")], note)

    def for_url(self, url: str | None) -> SiteRule | None:
        """The rule for the page at `url`: for its own host before one for the hosts around it; of equals, the user's."""
        file = self.file_for(url)
        return file.parsed.rule if file else None

    def file_for(self, url: str | None) -> RuleFile | None:
        """The file of that rule."""
        host = urls.host(url) if url else None
        if host is None:
            return None
        for folder in self._folders:
            self._warn(folder.nobodys)
        labels = host.split(".")
        for first in range(len(labels)):
            for folder in self._folders:
                for file in folder.files_for(".".join(labels[first:]), itself=not first):
                    self._warn([file])
                    if file.parsed.rule is not None:
                        return file
        return None

    def files(self) -> Iterator[RuleFile]:
        """Every file, by folder and name."""
        for folder in self._folders:
            yield from folder.all_files()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where rules are looked for."""
        return tuple(folder.path for folder in self._folders)

    def _warn(self, files: Sequence[RuleFile]) -> None:
        for file in files:
            errors = file.parsed.errors
            if errors and file.path not in self._noted:
                self._noted.add(file.path)
                left_out = "the line" if file.parsed.rule else "the rule"
                more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
                self._note(f"{located(file.path, errors[0])}{more}; {left_out} is left out, archiver rules check says all")


class _Folder:
    def __init__(self, path: Path, owner: Owner) -> None:
        self.path = path
        self._owner = owner
        self._read: dict[Path, RuleFile] = {}

    @cached_property
    def _paths(self) -> dict[str, Path]:
        """The files by name, in small letters."""
        try:
            found = sorted(path for path in self.path.iterdir() if path.suffix in FORMATS)
        except OSError:
            return {}  # nobody needs to have rules
        return {path.name.lower(): path for path in found}

    @cached_property
    def _own_format(self) -> list[RuleFile]:
        return [self._file(path) for path in self._paths.values() if path.suffix == TOML]

    @cached_property
    def nobodys(self) -> list[RuleFile]:
        """Those that cannot be used and do not say whom they are for."""
        return [file for file in self._own_format if not file.parsed.hosts]

    def files_for(self, host: str, *, itself: bool) -> Iterator[RuleFile]:
        """The files for `host`, or, where it is not `itself` the page's, for what is below it."""
        for file in self._own_format:
            if any(one.name == host and (one.itself if itself else one.below) for one in file.parsed.hosts):
                yield file
        names = (f"{host}.txt", f"www.{host}.txt") if itself else (f".{host}.txt",)
        for name in names:
            if name in self._paths:
                yield self._file(self._paths[name])

    def all_files(self) -> Iterator[RuleFile]:
        for path in self._paths.values():
            yield self._file(path)

    def _file(self, path: Path) -> RuleFile:
        if path not in self._read:
            self._read[path] = read_file(path, self._owner)
        return self._read[path]


def read_file(path: Path, owner: Owner = "yours") -> RuleFile:
    """The rule file at `path`; whatever is wrong with it is among its problems."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return _unreadable(path, owner, f"larger than {MAX_FILE_BYTES // 1024 // 1024} MiB", "is this a site rule?")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return _unreadable(path, owner, "is not UTF-8 text", "save it as UTF-8")
    except OSError as error:
        return _unreadable(path, owner, f"cannot be read: {error.strerror or error}", "check the file and its permissions")
    from archiver.extraction.siterules import fulltext_rss, toml_rules  # who has no rules needs no readers

    return RuleFile(path, owner, (toml_rules if path.suffix == TOML else fulltext_rss).parse(text, path.name))


def _unreadable(path: Path, owner: Owner, reason: str, remedy: str) -> RuleFile:
    return RuleFile(path, owner, Parsed(None, hosts_of(path.name, path.suffix), (Problem(None, "", reason, remedy),)))


def located(path: Path, problem: Problem) -> str:
    """A problem with its file and line, as compilers print it."""
    return f"{path}:{problem.line}: {problem}" if problem.line else f"{path}: {problem}"
