"""Which rule is for which page, and what becomes of those that cannot be used."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from archiver.settings import Settings
from archiver.tasks import site_rules
from archiver.tasks.site_rules import PACKAGE_FOLDER, SiteRules
from tests.support.site_rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

TOML = '{}[fields]\ntitle = "{}"\n'


@pytest.fixture
def yours(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, selector: str = "h1", hosts: str = "") -> None:
    text = TOML.format(hosts, selector) if name.endswith(".toml") else f"title: //{selector}\n"
    (folder / name).write_text(text, encoding="utf-8")


def selected(rules: SiteRules, url: str | None) -> str | None:
    """The title's selector in the rule for `url`."""
    rule = rules.for_url(url)
    return rule.fields["title"][0].written if rule else None


@pytest.mark.parametrize(
    ("url", "matches"),
    [
        ("https://x.example/a", True),
        ("http://www.x.example:8080/a", True),
        ("https://deep.blog.x.example/a", True),
        ("https://X.EXAMPLE/a", True),
        ("https://netflix.example/a", False),
        ("https://x.example.org/a", False),
        ("https://example/a", False),
        ("https://other.example/?x.example", False),
        (None, False),
    ],
)
def test_hosts_are_matched_by_label(yours, url, matches):
    write(yours, "x.example.toml")
    assert (selected(SiteRules([(yours, "yours")]), url) == "h1") is matches


def test_the_nearest_host_wins_then_the_user_then_toml(yours, theirs):
    rules = lambda: SiteRules([(yours, "yours"), (theirs, "package")])  # noqa: E731  # files are read once
    write(theirs, "coast.example.toml", "package")
    assert selected(rules(), "https://news.coast.example/") == "package"
    write(yours, ".coast.example.txt", "below")
    assert selected(rules(), "https://news.coast.example/") == "//below"
    assert selected(rules(), "https://coast.example/") == "package", "a dot stands for the hosts below"
    write(yours, "coast.example.txt", "itself")
    assert selected(rules(), "https://coast.example/") == "//itself"
    assert selected(rules(), "https://news.coast.example/") == "//below", "without a dot, for the host itself"
    write(yours, "any.toml", "yours", 'hosts = ["coast.example"]\n')
    assert selected(rules(), "https://www.coast.example/") == "yours"
    write(theirs, "news.coast.example.toml", "nearer")
    assert selected(rules(), "https://news.coast.example/") == "nearer"


def test_files_of_the_other_format_are_read_only_for_their_host(yours, monkeypatch):
    for name in ("a.example.txt", "b.example.txt", "c.example.toml"):
        write(yours, name)
    read: list[str] = []
    real = site_rules.read_file

    def read_file(path, owner):
        read.append(path.name)
        return real(path, owner)

    monkeypatch.setattr(site_rules, "read_file", read_file)
    rules = SiteRules([(yours, "yours")])
    assert read == []
    rules.for_url("https://b.example/1")
    rules.for_url("https://b.example/2")
    assert sorted(read) == ["b.example.txt", "c.example.toml"]


def test_a_broken_rule_is_noted_once_and_only_for_its_host(yours):
    (yours / "coast.example.toml").write_text('[fields]\ntitel = "h1"\ntitle = "h1["\n')
    write(yours, "quay.example.toml")
    notes: list[str] = []
    rules = SiteRules([(yours, "yours")], notes.append)
    assert selected(rules, "https://quay.example/") == "h1"
    assert notes == []
    assert selected(rules, "https://coast.example/1") is None
    assert selected(rules, "https://coast.example/2") is None
    assert len(notes) == 1
    assert notes[0].startswith(f"{yours / 'coast.example.toml'}:2: fields.titel: is no key of a site rule (")
    assert "and 1 more; the rule is left out" in notes[0]


def test_behind_a_broken_rule_the_next_is_asked(yours, theirs):
    (yours / "coast.example.toml").write_text("[fields")
    write(theirs, "coast.example.toml")
    assert selected(SiteRules([(yours, "yours"), (theirs, "package")]), "https://coast.example/") == "h1"


def test_a_broken_rule_for_nobody_is_noted_with_the_first_page(yours):
    (yours / "my rule.toml").write_text("[fields")
    notes: list[str] = []
    rules = SiteRules([(yours, "yours")], notes.append)
    rules.for_url("https://coast.example/")
    rules.for_url("https://quay.example/")
    assert len(notes) == 1


def test_of_a_foreign_file_only_the_bad_line_is_left_out(yours):
    (yours / "coast.example.txt").write_text("title: //h1\nbody: //div[\n")
    notes: list[str] = []
    assert selected(SiteRules([(yours, "yours")], notes.append), "https://coast.example/") == "//h1"
    assert notes[0].startswith(f"{yours / 'coast.example.txt'}:2: body: ")
    assert "the line is left out" in notes[0]


@pytest.mark.parametrize("name", ["coast.example.toml", "coast.example.txt"])
def test_what_cannot_be_read_is_a_problem_of_its_host(yours, name):
    (yours / name).write_bytes(b"title: \xff\n")
    (yours / f"large.{name}").write_bytes(b"#" * (site_rules.MAX_FILE_BYTES + 1))
    (yours / f"folder.{name}").mkdir()
    notes: list[str] = []
    rules = SiteRules([(yours, "yours")], notes.append)
    for host in ("quay.example", "coast.example", "large.coast.example", "folder.coast.example"):
        assert rules.for_url(f"https://{host}/") is None
    assert [note.partition(": ")[2].partition(" (")[0] for note in notes] == [
        "is not UTF-8 text",
        "larger than 1 MiB",
        f"cannot be read: {os.strerror(errno.EISDIR)}",
    ]


def test_other_files_are_no_rules(yours):
    for name in ("README.md", "coast.example.toml~", ".git"):
        (yours / name).write_text("x")
    assert list(SiteRules([(yours, "yours")]).files()) == []


def test_no_folder_is_no_rule(tmp_path):
    rules = SiteRules([(tmp_path / "nowhere", "yours")])
    assert rules.for_url("https://coast.example/") is None
    assert list(rules.files()) == []


def test_the_settings_name_the_users_folder(yours):
    assert SiteRules.of(Settings(home=yours, rules_folder=yours)).folders == (yours, PACKAGE_FOLDER)
    assert SiteRules.of(Settings(home=yours)).folders == (PACKAGE_FOLDER,)


def test_the_packages_rules_work_without_any_of_the_users(theirs, yours, monkeypatch):
    monkeypatch.setattr(site_rules, "PACKAGE_FOLDER", theirs)
    write(theirs, "coast.example.toml")
    rules = SiteRules.of(Settings(home=yours))
    assert selected(rules, "https://coast.example/") == "h1"
    assert [file.owner for file in rules.files()] == ["package"]


def test_the_packages_folder_is_shipped_and_in_order():
    assert (PACKAGE_FOLDER / "README.md").is_file()
    for file in SiteRules([(PACKAGE_FOLDER, "package")]).files():
        assert file.parsed.problems == ()
        assert file.parsed.rule is not None
        assert (RULES / file.path.stem / "page.html").is_file(), "each rule that we ship has a page that shows it"
