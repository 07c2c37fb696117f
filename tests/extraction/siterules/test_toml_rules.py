"""Our own format: what it says, and what is wrong with it, with the line."""

from __future__ import annotations

import pytest

from archiver.extraction.siterules.rule import Host
from tests.support.site_rules import parsed, rule_of

GOOD = '[fields]\ntitle = "h1"\n'


def problems(text: str, name: str = "quay-gazette.example.toml") -> list[tuple[int | None, str, str]]:
    found = parsed(text, name)
    assert found.rule is None
    assert all(problem.remedy for problem in found.problems), "every problem says what to do"
    return [(problem.line, problem.key, problem.reason) for problem in found.problems]


def test_a_rule_is_for_the_host_its_file_is_named_after():
    assert rule_of(GOOD).hosts == (Host("quay-gazette.example"),)


def test_hosts_outrank_the_files_name_and_are_compared_like_any_other():
    rule = rule_of('hosts = ["www.Coast.Example", "bücher.example"]\n' + GOOD)
    assert [host.name for host in rule.hosts] == ["coast.example", "xn--bcher-kva.example"]


def test_a_text_and_a_list_of_one_are_the_same():
    one, other = rule_of('[fields]\ntitle = "h1"'), rule_of('[fields]\ntitle = ["h1"]')
    assert one.fields["title"][0].written == other.fields["title"][0].written == "h1"


def test_a_selector_may_name_an_attribute():
    selector = rule_of("[fields]\npublished = \"span[title*='@'] b @data-Day\"").fields["published"][0]
    assert selector.attribute == "data-day"


def test_every_selector_knows_its_line():
    rule = rule_of('strip = [\n  ".a",\n  ".b",\n]\n[fields]\n# title is above\ntitle = [".c", "h1"]\nbody = ".a"\n')
    assert [selector.line for selector in rule.strip] == [2, 3]
    assert [selector.line for selector in rule.fields["title"]] == [7, 7]
    assert rule.fields["body"][0].line == 8


def test_an_example_says_what_is_expected():
    example = rule_of(
        GOOD + '[[examples]]\nurl = "quay-gazette.example/a"\n[examples.expected]\ntitle = "A"\nauthors = ["B", "C"]'
    ).examples[0]
    assert example.url == "https://quay-gazette.example/a"
    assert example.expected == {"title": ("A",), "authors": ("B", "C")}


def test_what_is_no_toml():
    line, key, reason = problems("[fields]\ntitle = h1")[0]
    assert (line, key) == (2, "")
    assert reason.startswith("is not valid TOML")


def test_toml_nested_too_deep():
    assert problems("a = " + "[" * 5_000)[0][2] in (
        "is nested too deep",
        "is not valid TOML: TOML inline arrays/tables are nested more than the allowed 5000 levels",
    )


@pytest.mark.parametrize(
    ("text", "line", "key", "reason"),
    [
        ("\n[fields]\ntitel = 'h1'\ntitle = 'h1'", 3, "fields.titel", "is no key of a site rule"),
        ("host = 'a.example'\n" + GOOD, 1, "host", "is no key of a site rule"),
        ("hosts = ['com']\n" + GOOD, 1, "hosts", "'com' is not a site's host name"),
        (
            "hosts = ['a.example',\n'https://b.example/x']\n" + GOOD,
            2,
            "hosts",
            "'https://b.example/x' is not a site's host name",
        ),
        ("hosts = 3\n" + GOOD, 1, "hosts", "is not a text or a list of texts"),
        ("[fields]\ntitle = 3", 2, "fields.title", "is not a text or a list of texts"),
        ("[fields]\ntitle = ''", 2, "fields.title", "is not a text or a list of texts"),
        ("fields = 3", 1, "fields", "is not a table"),
        ("[fields]\ntitle = ['h1',\n'h2[']", 3, "fields.title", "'h2[' is no CSS selector"),
        ("[fields]\ntitle = 'p::first-line'", 2, "fields.title", "'p::first-line' is no CSS selector"),
        ("[fields]\ntitle = '//h1['", 2, "fields.title", "'//h1[' is no XPath"),
        ("[fields]\ntitle = '//h1[matches(., 1)]'", 2, "fields.title", "'//h1[matches(., 1)]' is XPath that is not supported"),
        ("examples = 3\n" + GOOD, 1, "examples", "is not a list of tables"),
        (GOOD + "[[examples]]", 3, "examples, number 1", "has no url"),
        (GOOD + "[[examples]]\nurl = 'nowhere'", 4, "examples, number 1", "not an absolute URL"),
        (GOOD + "[[examples]]\nurl = 'https://a.example/'\nexpected = 3", 5, "expected", "is not a table"),
        (GOOD + "[[examples]]\nurl = 'https://a.example/'\nexpected.titel = '3'", 5, "expected.titel", "is no key"),
        ("hosts = ['a.example']", 0, "", "says nothing"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, key, reason):
    found = problems(text)
    assert len(found) == 1
    assert (found[0][0] or 0, found[0][1]) == (line, key)
    assert found[0][2].startswith(reason)


def test_all_problems_are_found_at_once():
    assert len(problems("hosts = ['com']\nstripp = 'a'\n[fields]\ntitel = 'b'\ntitle = 'c['")) == 4


def test_a_broken_rule_still_says_whom_it_is_for():
    assert parsed("hosts = ['a.example']\n[fields]\ntitle = 3").hosts == (Host("a.example"),)
    assert parsed("[fields", "a.example.toml").hosts == (Host("a.example"),)
    assert parsed("[fields", "my rule.toml").hosts == ()


def test_a_file_must_say_or_show_whom_it_is_for():
    assert problems(GOOD, "my-rules.toml") == [(None, "hosts", "is missing, and the file is not named after a host")]
