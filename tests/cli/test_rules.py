"""`archiver rules`, and the rules at work in other commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.articles import article_page

if TYPE_CHECKING:
    from pathlib import Path

RULE = 'strip = ".ad"\n[fields]\ntitle = ["h2", ".kicker"]\n[[examples]]\nurl = "{}"\nexpected.title = "{}"\n'
KICKER = '<p class="kicker">The Kicker</p>'


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The user's folder, beside config.toml."""
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "saved.html"
    path.write_text(article_page(body=KICKER))
    return path


def write(rules: Path, *, expected: str = "The Kicker", url: str = "https://coast.example/harbour") -> Path:
    path = rules / "coast.example.toml"
    path.write_text(RULE.format(url, expected))
    return path


def test_extract_and_fetch_go_by_the_rules(archiver, rules, saved):
    write(rules)
    record = json.loads(archiver("extract", saved, "--url", "https://www.coast.example/harbour").out)
    assert (record["title"], record["evidence"]["title"]["from"]) == ("The Kicker", "rule")
    assert archiver("fetch", saved, "--url", "https://coast.example/harbour").code == 0
    assert [row["title"] for row in json.loads(archiver("list", "--json").out)] == ["The Kicker"]
    other = json.loads(archiver("extract", saved, "--url", "https://quay.example/harbour").out)
    assert other["title"] == "How the Old Harbour Was Built"


def test_fetched_pages_go_by_the_rules_too(archiver, rules, site):
    host = site.url("/").split("/")[2].partition(":")[0]
    (rules / "here.toml").write_text(f'hosts = ["{host}"]\n[fields]\ntitle = ".byline"\n')
    assert archiver("fetch", site.url("/harbour")).code == 0
    assert json.loads(archiver("list", "--json").out)[0]["title"] == "By Ana de la Cruz"
    assert json.loads(archiver("extract", site.url("/harbour")).out)["title"] == "By Ana de la Cruz"


def test_an_explanation_goes_by_the_rules(archiver, rules, saved):
    (rules / "coast.example.toml").write_text('[fields]\nbody = ".kicker"\n')
    told = json.loads(archiver("extract", saved, "--url", "https://coast.example/a", "--explain", "--json").out)
    assert [block["text"] for block in told["blocks"] if block["kept"]] == ["The Kicker"]


def test_a_broken_rule_is_said_once_and_breaks_nothing(archiver, rules, saved):
    (rules / "coast.example.toml").write_text("[fields]\ntitle = 3\n")
    ran = archiver("extract", saved, "--url", "https://coast.example/a")
    assert ran.code == 0
    assert json.loads(ran.out)["title"] == "How the Old Harbour Was Built"
    assert ran.err.count("coast.example.toml:2: fields.title: is not a text") == 1
    assert archiver("extract", saved, "--url", "https://quay.example/a").err == ""


def test_the_setting_names_another_folder(archiver, rules, saved, tmp_path, monkeypatch):
    write(rules)
    monkeypatch.setenv("ARCHIVER_RULES_FOLDER", str(tmp_path / "elsewhere"))
    assert archiver("rules", "list").out == ""
    rules.rename(tmp_path / "elsewhere")
    assert archiver("rules", "list").out.startswith("coast.example\t")


def test_list(archiver, rules):
    path = write(rules)
    (rules / ".pier.example.txt").write_text("body: //div\n")
    (rules / "quay.example.toml").write_text("[fields")
    ran = archiver("rules", "list")
    assert ran.code == 0
    assert [line.split("\t")[:4] for line in ran.out.splitlines()] == [
        [".pier.example", "body", "full-text-rss", "yours"],
        ["coast.example", "title, strip", "toml", "yours"],
        ["quay.example", ran.out.splitlines()[2].split("\t")[1], "toml", "yours"],
    ]
    assert "cannot be used: is not valid TOML" in ran.out
    rows = json.loads(archiver("rules", "list", "--json").out)
    assert [row["file"] for row in rows][1] == str(path)


def test_check_prints_a_line_for_each_problem(archiver, rules):
    write(rules)
    foreign = rules / "pier.example.txt"
    foreign.write_text("title: //h1\nprune: no\n")
    ran = archiver("rules", "check")
    assert (ran.code, ran.out) == (0, f"{foreign}:2: ignored: prune: every body is cleaned\n")
    assert "2 site rules checked, none with errors" in ran.err
    broken = rules / "quay.example.toml"
    broken.write_text('[fields]\ntitel = "h1"\ntitle = "h1["\n')
    ran = archiver("rules", "check")
    assert ran.code == 2
    assert [line.partition(" (")[0] for line in ran.out.splitlines()[1:]] == [
        f"{broken}:2: fields.titel: is no key of a site rule",
        f"{broken}:3: fields.title: 'h1[' is no CSS selector: Expected ident or '*', got <EOF at 3>",
    ]


def test_check_of_files(archiver, rules, tmp_path):
    good, strange = write(rules), tmp_path / "config.toml.bak"
    (rules / "quay.example.toml").write_text("[fields")
    assert archiver("rules", "check", good).code == 0
    missing = archiver("rules", "check", good, tmp_path / "none.toml")
    assert (missing.code, missing.out.count("none.toml: cannot be read")) == (2, 1)
    ran = archiver("rules", "check", strange)
    assert ran.code == 2
    assert "is no site rule (its name has to end in .toml or .txt)" in ran.err


def test_test_on_a_saved_page(archiver, rules, saved):
    path = write(rules)
    ran = archiver("rules", "test", "coast.example", "--page", saved)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == [
        f"coast.example.toml on https://coast.example/harbour ({saved})",
        "title: found: The Kicker",
        "  line 3: h2: matched nothing",
        "  line 3: .kicker: 1 match",
        "strip: line 1: .ad: matched nothing",
    ]
    assert archiver("rules", "test", path, "--page", saved).out == ran.out
    told = json.loads(archiver("rules", "test", "coast.example", "--page", saved, "--json").out)
    assert [(field["name"], field["by_rule"], field["failed"]) for field in told[0]["fields"]] == [("title", True, False)]


def test_test_fails_where_nothing_matches_or_something_else_was_expected(archiver, rules, saved):
    write(rules, expected="Something Else")
    ran = archiver("rules", "test", "coast.example", "--page", saved)
    assert ran.code == 1
    assert "title: FAILED: The Kicker\n" in ran.out
    assert "  expected, but not there: Something Else\n" in ran.out
    assert "the site rule does not find what it should" in ran.err
    (rules / "coast.example.toml").write_text('[fields]\ntitle = "h5"\npublished = "h1"\n')
    ran = archiver("rules", "test", "coast.example", "--page", saved)
    assert ran.code == 1
    assert "title: FAILED: nothing matched; without the rule: How the Old Harbour Was Built\n" in ran.out
    assert "published: FAILED: what matched cannot be used; without it: 2026-03-14\n" in ran.out


def test_test_on_examples(archiver, rules, saved, site):
    write(rules)
    assert archiver("fetch", saved, "--url", "https://coast.example/harbour").code == 0
    ran = archiver("rules", "test")
    assert ran.code == 0
    assert "coast.example.toml on https://coast.example/harbour (the archive, fetched " in ran.out
    rule = '\n[fields]\ntitle = "h1"\n[[examples]]\nurl = "{}"\n'
    (rules / "quay.example.toml").write_text(rule.format(site.url("/harbour")))
    (rules / "pier.example.toml").write_text(rule.format(site.url("/broken")))
    ran = archiver("rules", "test")
    assert ran.code == 3
    assert f"quay.example.toml on {site.url('/harbour')} (the web, fetched now)" in ran.out
    assert "1 of 3 pages failed" in ran.err
    assert archiver("rules", "test", "pier.example").code == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere.example"], "nowhere.example: no site rule for this host, and no such file (rules are in"),
        (["bare.example"], "the site rule has no example (add one, or give a page with --page)"),
        ([], "no site rule has an example"),
        (["bare.example", "--url", "https://bare.example/"], "--url: goes with --page"),
        (["bare.example", "--page", "none.html"], "no such file"),
    ],
)
def test_test_without_anything_to_test(archiver, rules, arguments, reason):
    (rules / "bare.example.toml").write_text('[fields]\ntitle = "h1"\n')
    ran = archiver("rules", "test", *arguments)
    assert ran.code == 2
    assert reason in ran.err
