"""XPath says what lxml, and CSS what lexbor, says of the same page."""

from __future__ import annotations

import math
from typing import Any

import cssselect
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from archiver.extraction import xpath

PAGE = (
    "<html lang=en><head><title>T</title><meta name=a content='b c'></head><body><div id=x class='story main'>"
    "<h1>Hi <b>there</b></h1><p class=a>one</p><p>two <a href=u>l</a> 3</p><ul><li>i</li><li>j<ul><li>k</li></ul></li></ul>"
    "</div><div class=foot><p>7</p><p>8</p><span>By: Jo</span></div></body></html>"
)
NODES = [
    "",
    "//p",
    "//p[1]",
    "//p[last()]",
    "//p[last()-1]",
    "//p[2][1]",
    "//p[(1)]",
    "//p[1 or 0]",
    "//p[string(1)]",
    "(//p)[last()]",
    "(//p)[2]/..",
    "(//p | //li)[3]",
    "//div/p[position()>1]",
    "//div/*[position() < 3][self::p]",
    "//p[not(position()=1)]",
    "//p[position()=1 and @class]",
    "//li[position() mod 2 = 1]",
    "//li[not(.//li)]",
    "//li//li/ancestor::ul",
    "//li/ancestor::ul[1]",
    "//a/ancestor::*[2]",
    "//h1/b/ancestor-or-self::*",
    "//p/preceding::*",
    "//p[preceding::p[1]='one']",
    "//p/following::*",
    "//div[2]//following::p",
    "//p/preceding-sibling::*[1]",
    "//p/preceding-sibling::h1",
    "//p/following-sibling::*[1]",
    "//*[@class='a']/following-sibling::*/li",
    "//div[@class='foot']/p/text()",
    "//li[2]/descendant::text()",
    "//text()[contains(.,'o')]/parent::*",
    "//body/descendant-or-self::*",
    "//div[contains(concat(' ',normalize-space(@class),' '),' main ')]//a/@href",
    "//a/@href/..",
    "//a/@href/ancestor::div",
    "//@*",
    "//meta[@name='a']/@content",
    "//p[.='7' or .=8]",
    "//p[number(.) > 7]",
    "//p[. < 8]",
    "//div[p=8]",
    "//div[h1 and p]",
    "//p[@class and not(@id)]",
    "//*[self::p or self::li]",
    "//h1 | //title | //p[@class]",
    "//p[string-length(.)>2]",
    "//ul/li[2]/ul/li",
    "/html/body/div",
    "//p[count(preceding-sibling::p)=0]",
    "//div[descendant::li][1]/@id",
    "id('x')",
    "//*[name()='p']",
    "//*[starts-with(local-name(),'h')]",
    "//div//div",
    "//p[substring(., 1, 1) = 't']",
    "//p[. = //li]",
    "//p[. != //li]",
    "//div[a]",
    "/div",
    "",
][1:-1]
VALUES = [
    "",
    "substring-after(//span, 'By: ')",
    "substring-before(//span, ':')",
    "substring-before(//span, '')",
    "count(//p) + 1",
    "count(//p) * 2 - 3 div 2",
    "-count(//p) mod 3",
    "1 div 0",
    "0 div 0",
    "-1 div 0",
    "string(-1 div 0)",
    "string(//h1)",
    "string(//q)",
    "string(3.5)",
    "string(count(//p))",
    "string(true())",
    "normalize-space(//div[2])",
    "concat(//title,'-',//span)",
    "translate(//span,'Byo','bY')",
    "substring('12345',2,3)",
    "substring('12345',1.5,2.6)",
    "substring('12345',0,3)",
    "substring('12345',-42,1 div 0)",
    "substring('12345',-1 div 0)",
    "substring('12345',-1 div 0,1 div 0)",
    "substring('12345',0 div 0)",
    "boolean(//q)",
    "not(//q)",
    "//p != //li",
    "//p = '8'",
    "//p = 8",
    "//p > 7",
    "7 < //p",
    "//p >= //li",
    "//p = true()",
    "true() and false()",
    "'' or 0",
    "lang('en')",
    "round(2.5)",
    "round(-2.5)",
    "floor(-2.5)",
    "ceiling(2.1)",
    "sum(//div[2]/p)",
    "number('x')",
    "number(' 12 ')",
    "5 > 3 > 1",
    "2 = 2.0",
    "1 != 2 = 1",
    "string-length('abc')",
    "contains(//span, 'Jo')",
    "starts-with('', '')",
    "",
][1:-1]
CSS = [
    "p",
    "p.a",
    "div > p",
    "div p:first-child",
    "p + p",
    "h1 ~ p",
    "li:nth-child(2)",
    "li:last-child",
    "div:has(h1)",
    "div:has(> p)",
    "p:not(.a)",
    "[class^=st]",
    "[class$=in]",
    "[class*='ma']",
    "[class~=main]",
    "#x p",
    "p:nth-of-type(2)",
    ":is(h1, p)",
    "li:only-child",
    "a[href]",
    "div.foot span, h1",
    "p:last-of-type",
    "li:nth-last-child(1)",
    "meta[name=a]",
    "html",
    "body > div:nth-of-type(2) > p",
    "p:empty",
    ":root",
    "DIV.foot > P",
]


@pytest.fixture
def page() -> LexborHTMLParser:
    return LexborHTMLParser(PAGE)


def ours(expression: str, page: LexborHTMLParser) -> Any:
    tree = xpath.Tree(page)
    value = xpath.evaluate(xpath.parse(expression), tree)
    if not isinstance(value, list):
        return value
    return [
        (node.name, node.value) if isinstance(node, xpath.Attribute) else (tree.names[node], tree.text(node)) for node in value
    ]


def lxmls(expression: str) -> Any:
    value = etree.XPath(expression)(etree.HTML(PAGE).getroottree())
    if not isinstance(value, list):
        return str(value) if isinstance(value, str) else value
    found = []
    for node in value:
        if isinstance(node, etree._Element):
            found.append((node.tag, "".join(str(text) for text in node.itertext())))
        else:
            found.append((node.attrname if node.is_attribute else "-text", str(node)))
    return found


@pytest.mark.parametrize("expression", NODES)
def test_nodes_are_those_that_lxml_finds(expression, page):
    assert ours(expression, page) == lxmls(expression)


@pytest.mark.parametrize("expression", VALUES)
def test_values_are_those_that_lxml_gives(expression, page):
    value, other = ours(expression, page), lxmls(expression)
    assert type(value) is type(other)
    assert value == other or (math.isnan(value) and math.isnan(other))


@pytest.mark.parametrize("selector", CSS)
def test_css_selects_what_lexbor_selects(selector, page):
    tree = xpath.Tree(page)
    value = xpath.evaluate(xpath.parse(cssselect.HTMLTranslator().css_to_xpath(selector)), tree)
    assert isinstance(value, list)
    nodes = [tree.nodes[node] for node in value if isinstance(node, int)]
    assert [node and node.mem_id for node in nodes] == [node.mem_id for node in page.css(selector)]


@pytest.mark.parametrize("part", ["o", "story", "x", "foo", "nothing", "a"])
def test_what_is_named_is_what_the_longer_expression_finds(part, page):
    tree = xpath.Tree(page)
    named = xpath.evaluate(xpath.Named(part), tree)
    assert named == xpath.evaluate(xpath.parse(f"//*[contains(@class, '{part}') or contains(@id, '{part}')]"), tree)


def test_names_and_prefixes_are_taken_lightly(page):
    assert ours("//html:DIV/xhtml:P", page) == ours("//div/p", page)


def test_the_language_is_that_of_html(page):
    assert len(ours("//p[lang('en')]", page)) == 4


def test_comments_are_no_nodes():
    assert ours("//p/node()", LexborHTMLParser("<p><!-- a -->b</p>")) == [("-text", "b")]


def test_a_page_without_anything_has_no_nodes():
    assert ours("//p | /html/body", LexborHTMLParser("")) == [("body", "")]
