"""Where the page of a rule's trial comes from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from archiver.capture import SavedPage
from archiver.errors import HttpStatus, InvalidInput
from archiver.settings import Settings
from archiver.store import Store
from archiver.tasks.archiving.archive_page import archive_saved
from archiver.tasks.site_rules import SiteRules, read_file
from archiver.tasks.try_rule import find_file, try_example, try_saved
from tests.support.articles import article_page
from tests.support.servers import Response, serve

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.extraction.siterules.rule import Example
    from archiver.tasks.site_rules import RuleFile

RULE = '[fields]\ntitle = "h1"\n[[examples]]\nurl = "{}"\nexpected.title = "How the Old Harbour Was Built"\n'
MOMENT = datetime(2026, 3, 20, tzinfo=UTC)


def rule(folder: Path, url: str = "https://coast.example/harbour") -> RuleFile:
    path = folder / "coast.example.toml"
    path.write_text(RULE.format(url))
    return read_file(path)


def example_of(file: RuleFile) -> Example:
    assert file.parsed.rule is not None
    return file.parsed.rule.examples[0]


def test_the_archives_page_comes_first(tmp_path):
    file = rule(tmp_path)
    page = SavedPage("https://coast.example/harbour", MOMENT, article_page().encode())
    with Store.open(tmp_path / "archive", create=True) as store:
        archive_saved(page, store)
        tried = try_example(file, example_of(file), store, Settings(home=tmp_path))
    assert (tried.url, tried.page_from) == ("https://coast.example/harbour", "the archive, fetched 2026-03-20T00:00:00Z")
    assert not tried.trial.failed


def test_else_the_page_is_fetched(tmp_path):
    with (
        serve({"/harbour": Response(article_page()), "/gone": Response("no", status=404)}) as server,
        Store.open(tmp_path / "archive", create=False) as store,
    ):
        file = rule(tmp_path, server.url("/harbour"))
        tried = try_example(file, example_of(file), store, Settings(home=tmp_path))
        assert (tried.url, tried.page_from) == (server.url("/harbour"), "the web, fetched now")
        assert not tried.trial.failed
        gone = rule(tmp_path, server.url("/gone"))
        with pytest.raises(HttpStatus):
            try_example(gone, example_of(gone), store, Settings(home=tmp_path))
    assert not (tmp_path / "archive").exists(), "a trial archives nothing"


@pytest.mark.parametrize(
    ("url", "expectations"),
    [(None, 1), ("https://www.coast.example/harbour/", 1), ("https://coast.example/other", 0)],
)
def test_a_saved_page_is_held_against_its_own_example(tmp_path, url, expectations):
    page = SavedPage(url, MOMENT, article_page("Another Title").encode())
    tried = try_saved(rule(tmp_path), page, "saved.html")
    assert tried.page_from == "saved.html"
    assert sum(len(field.missing) for field in tried.trial.fields) == expectations


def test_a_rule_is_found_by_host_or_file(tmp_path):
    file = rule(tmp_path)
    rules = SiteRules([(tmp_path, "yours")])
    for name in ("coast.example", "WWW.coast.example", "blog.coast.example", str(file.path)):
        assert find_file(rules, name).path == file.path


def test_what_is_no_rule(tmp_path):
    (tmp_path / "quay.example.toml").write_text("[fields")
    rules = SiteRules([(tmp_path, "yours")])
    with pytest.raises(InvalidInput, match=r"pier\.example: no site rule for this host"):
        find_file(rules, "pier.example")
    with pytest.raises(InvalidInput, match=r"quay\.example\.toml:?.*is not valid TOML"):
        find_file(rules, str(tmp_path / "quay.example.toml"))
