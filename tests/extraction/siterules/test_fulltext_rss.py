"""Files of Full-Text RSS are read as they are."""

from __future__ import annotations

import pytest

from archiver.extraction.siterules import fulltext_rss
from archiver.extraction.siterules.rule import Host, hosts_of
from tests.support.site_rules import parsed, rule_of

NAME = "coast.example.txt"


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("coast.example.txt", Host("coast.example", itself=True, below=False)),
        ("www.coast.example.txt", Host("coast.example", itself=True, below=False)),
        (".coast.example.txt", Host("coast.example", itself=False, below=True)),
        ("Blog.Coast.example.txt", Host("blog.coast.example", itself=True, below=False)),
    ],
)
def test_the_name_says_whom_it_is_for(name, host):
    assert hosts_of(name, fulltext_rss.SUFFIX) == (host,)


@pytest.mark.parametrize("name", ["global.txt", "LICENSE.txt", "notes to self.txt", ".txt"])
def test_a_file_named_after_no_host_is_for_nobody(name):
    found = parsed("title: //h1", name)
    assert found.rule is None
    assert [problem.reason for problem in found.errors] == ["the file is not named after a host"]


def test_directives_become_fields():
    rule = rule_of(
        "# comment\n\ntitle: //h1\ntitle://h2\nauthor: //a\ndate: //time\nbody: //div\n"
        "next_page_link: //a[1]\nsingle_page_link: //a[2]",
        NAME,
    )
    assert {name: [one.written for one in selectors] for name, selectors in rule.fields.items()} == {
        "title": ["//h1", "//h2"],
        "body": ["//div"],
        "authors": ["//a"],
        "published": ["//time"],
    }
    assert [rule.fields["title"][1].line, rule.next_page[0].written, rule.single_page_link[0].written] == [
        4,
        "//a[1]",
        "//a[2]",
    ]


def test_what_is_to_be_stripped():
    text = "strip: //form\nstrip_id_or_class: 'ad'\nstrip_image_src: /ads/\nstrip_image_src: a\"b'c"
    assert [one.written for one in rule_of(text, NAME).strip] == [
        "//form",
        "strip_id_or_class: ad",
        '//img[contains(@src, "/ads/")]',
        "//img[contains(@src, 'a\"bc')]",
    ]


def test_replacements_keep_their_order():
    rule = rule_of("find_string: <a>\nreplace_string: <b>\nreplace_string(f(x)): g\nreplace_string(x):\n", NAME)
    assert rule.replacements == (("<a>", "<b>"), ("f(x)", "g"), ("x", ""))


def test_too_many_replacements():
    found = parsed("replace_string(a): b\n" * (fulltext_rss.MAX_REPLACEMENTS + 1), NAME)
    assert found.rule is not None
    assert len(found.rule.replacements) == fulltext_rss.MAX_REPLACEMENTS
    assert [one.key for one in found.errors] == ["replace_string"]


def test_examples():
    rule = rule_of(
        "test_url: https://coast.example/a\ntest_contains: One\ntest_contains: Two\ntest_url: http://coast.example/b", NAME
    )
    assert [(one.url, one.expected) for one in rule.examples] == [
        ("https://coast.example/a", {"body": ("One", "Two")}),
        ("http://coast.example/b", {}),
    ]


@pytest.mark.parametrize("name", [*fulltext_rss.IGNORED, "if_page_contains", "requires_login"])
def test_other_directives_are_named_and_are_no_errors(name):
    found = parsed(f"title: //h1\n{name}: x", NAME)
    assert found.rule is not None
    assert [(one.line, one.key, one.ignored) for one in found.problems] == [(2, name, True)]


def test_a_function_that_only_others_have_is_no_error():
    found = parsed("title: //h1[php:function('x')]\nbody: //div", NAME)
    assert found.errors == ()
    assert [(one.line, one.key) for one in found.problems] == [(1, "title")]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("body: //div\ntitle: //h1[", 2, "title"),
        ("body: //div\nwhat is this", 2, ""),
        ("replace_string: x", 1, "replace_string"),
        ("test_contains: x", 1, "test_contains"),
        ("test_url: ftp://coast.example/", 1, "test_url"),
    ],
)
def test_what_is_wrong_leaves_the_other_lines_as_they_are(text, line, key):
    found = parsed(text, NAME)
    assert [(one.line, one.key) for one in found.errors] == [(line, key)]
    assert found.rule is not None
    assert ("body" in found.rule.fields) == text.startswith("body")


def test_a_directive_without_a_value_says_nothing():
    assert parsed("title:\nbody: //div", NAME).problems == ()


def test_a_file_without_end():
    found = parsed("title: //h1\n" * (fulltext_rss.MAX_LINES + 1), NAME)
    assert [one.line for one in found.errors] == [fulltext_rss.MAX_LINES + 1]
