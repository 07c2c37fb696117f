"""Pages made to be expensive are cut down to size; what they say is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import bounds


def bound(html: str) -> tuple[str, tuple[str, ...]]:
    bounded, warnings = bounds.bound(html.encode())
    return bounded.decode(), warnings


def nested_deepest(html: str) -> int:
    tree = LexborHTMLParser(html)
    deepest, depth, node = 0, 0, tree.root
    while node is not None:
        deepest = max(deepest, depth)
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
    return deepest


def most_attributes(html: str) -> int:
    return max(len(node.attributes) for node in LexborHTMLParser(html).css("*"))


def text_of(html: str) -> str:
    root = LexborHTMLParser(html).root
    assert root is not None
    return root.text()


ATTRIBUTES = [f"a{number}" for number in range(20_000)]


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + " ".join(ATTRIBUTES) + ">",
        "<p\n" + "/".join(ATTRIBUTES) + ">",
        "<p " + " ".join(f'{name}=">"' for name in ATTRIBUTES) + ">",
        "<p " + "".join(f"{name}='>'" for name in ATTRIBUTES) + ">",
        "<p " + " ".join(f"{name} = {name}" for name in ATTRIBUTES) + " title='<b>'>",
        "<p " + " ".join(f"{name}<" for name in ATTRIBUTES) + ">",
    ],
    ids=["bare", "slashes", "quoted", "unspaced", "unquoted", "angles"],
)
def test_attributes_without_number_are_cut_and_the_text_stays(tag: str):
    page = f"<title>T</title><!-- > ' -->before{tag}inside</p>after"
    bounded, warnings = bound(page)
    assert most_attributes(bounded) == bounds.MAX_ATTRIBUTES
    assert text_of(bounded) == "Tbeforeinsideafter"
    assert warnings == ("attributes beyond the 200th of a tag were left out (tags: 1)",)


@pytest.mark.parametrize("tag", ["div", "span", "x-y", "b", "section><ul><li", "table><tr><td"])
def test_nesting_without_end_is_flattened_and_the_text_stays(tag: str):
    closing = "".join(f"</{name.strip('<>')}>" for name in reversed(tag.split("><")))
    page = "before" + f"<{tag}>" * 12_000 + "<p>inside</p>" + closing * 12_000 + "after"
    bounded, warnings = bound(page)
    assert nested_deepest(bounded) < 4 * bounds.MAX_NESTING + 8  # a table brings four levels
    text = text_of(bounded)
    assert sorted(text.replace("before", "1").replace("inside", "2").replace("after", "3")) == ["1", "2", "3"]
    assert len(warnings) == 1
    assert "nested too deep" in warnings[0]


def test_end_tags_of_flattened_elements_do_not_close_others():
    page = "<main>" + "<div>" * 12_000 + "in" + "</div>" * 12_000 + "<i>still in main</i></main>"
    tree = LexborHTMLParser(bound(page)[0])
    assert tree.css_first("main > i") is not None


def test_formatting_left_open_in_every_paragraph_does_not_multiply():
    page = "".join(f"<b id=x{number}><p>word " for number in range(3000))
    bounded, warnings = bound(page)
    assert len(LexborHTMLParser(bounded).css("b")) < 60_000
    assert text_of(bounded).split() == ["word"] * 3000
    assert warnings


@pytest.mark.parametrize(
    "page",
    [
        "<p>word</p>" * 20_000,
        "<p>word" * 20_000,
        "<ul>" + "<li>word" * 20_000,
        "<table>" + "<tr><td>word" * 20_000,
        "word<br>" * 20_000,
        "<p><b>word</b> <i class=x>word</i></p>" * 5_000,
        "<script>" + "if (a<b && c<d) '<div>';" * 20_000 + "</script>",
    ],
    ids=["closed", "unclosed", "items", "rows", "breaks", "formatting", "script"],
)
def test_a_long_page_is_left_as_it_is(page: str):
    assert bound(page) == (page, ())


def test_markup_in_scripts_comments_and_titles_is_no_tag():
    attributes = " ".join(ATTRIBUTES[:500])
    for page in (
        f"<script>'<p {attributes}>'</script>x",
        f"<title><p {attributes}></title>x",
        f"<!-- <p {attributes}> -->x",
        f"<STYLE>/* <p {attributes}> */</style >x",
    ):
        assert bound(page + "<div>" * 12_000)[0].startswith(page)


@pytest.mark.parametrize(
    "page",
    [
        "<!--><p {}>-->x",
        "<!---><p {}>-->x",
        "<!-- --!><p {}>-->x",
        '</ "><p {}>" >x',
        '< "<p {}>">x',
        "<xmp><p a='</xmp><q {}>'></xmp>x",
        "<iframe><p a='</iframe><q {}>'></iframe>x",
    ],
)
def test_a_tag_hides_behind_nothing_that_browsers_end_earlier(page: str):
    assert most_attributes(bound(page.format(" ".join(ATTRIBUTES)))[0]) == bounds.MAX_ATTRIBUTES


@given(st.text(alphabet="<>/!-='\" ab\n", max_size=400))
def test_the_slow_way_leaves_any_modest_page_as_it_is(page: str):
    assert bounds._Cut(page.encode()).result() == (page.encode(), ())
    assert bound(page) == (page, ())
