"""What the page says about itself for machines: meta tags, JSON-LD, microdata, RDFa and link elements, as claims."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from archiver.extraction import jsonld, marks, microdata, rdfa
from archiver.extraction.claims import Claims
from archiver.extraction.rules.bylines import SHARE_CARD_LABELS
from archiver.extraction.rules.claim_ranks import JSON_LD_FIELDS, META_FIELDS, META_SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.extraction.jsonld import Item, Items
    from archiver.extraction.page import Page

MAX_META_TAGS = 1_000
MAX_LINKS = 10
_META_KEYS = ("property", "name", "http-equiv")
_PEOPLE = frozenset({"author", "publisher", "reviewed_by"})
_ADDRESSES = frozenset({"canonical", "image", "licence"})
_TEXT_OR_NAME = frozenset({"title", "subtitle", "section", "tags", "language", "free", "published", "modified", "reviewed"})
_ORGANIZATIONS = ("Organization", "Corporation", "NewsMediaOrganization", "Brand", "OnlineBusiness", "LocalBusiness")


def collect(page: Page) -> Claims:
    """Every structured claim in the page."""
    claims = Claims(marks.find(page.tree))
    _from_meta(claims)
    _from_title(page, claims)
    _from_links(claims)
    _from_json_ld(page, claims)
    microdata.collect(page, claims)
    rdfa.collect(page, claims)
    return claims


def _from_meta(claims: Claims) -> None:
    cards: dict[str, str] = {}
    for attributes in claims.marks.metas[:MAX_META_TAGS]:
        for key in _META_KEYS:
            stated = attributes.get(key)
            for name in stated.lower().split() if stated else ():
                source = _meta_source(name)
                if source:
                    content = html.unescape(attributes["content"] or "")
                    claims.add(META_FIELDS[source], f"meta {source}", content, at=f"meta[{key}={name}]")
                elif name.startswith("twitter:"):
                    cards[name] = html.unescape(attributes["content"] or "")
    # a share card may have two labelled values: "Written by" / a name
    for number in ("1", "2"):
        if cards.get(f"twitter:label{number}", "").casefold() in SHARE_CARD_LABELS:
            value = cards.get(f"twitter:data{number}", "")
            claims.add("author", "meta twitter:data", value, at=f"meta[name=twitter:data{number}]")


def _meta_source(name: str) -> str | None:
    """The row that reads a meta tag of this name, in small letters, without its "meta "; None where there is none."""
    if name in META_FIELDS:
        return name
    return next((source for source, spelling in META_SPELLINGS.items() if spelling.search(name)), None)


def _from_title(page: Page, claims: Claims) -> None:
    head = page.tree.head
    # a title outside the head may be a picture's; only a head that broken markup ended early has none
    title = (head.css_first("title") if head is not None else None) or page.tree.css_first("title")
    if title is not None:
        claims.add("title", "dom title", title.text() or "", at="title")
    if page.language:
        claims.add("language", "dom lang", page.language, at="html[lang]")


def _from_links(claims: Claims) -> None:
    for attributes in claims.marks.links[:MAX_LINKS]:
        field, relation = ("canonical", "canonical") if "canonical" in marks.relations(attributes) else ("image", "image_src")
        claims.add(field, f"dom {relation}", attributes.get("href") or "", at=f"link[rel={relation}]")


def _from_json_ld(page: Page, claims: Claims) -> None:
    items = jsonld.items_in(claims.marks.scripts)
    main = _main(items.articles, page, claims)
    if main is not None:
        _from_item(main, items, "", claims)
    for item in items.pages[:3]:
        _from_item(item, items, "page ", claims)
    for item in items.others:
        _from_other(item, claims)


def _main(articles: list[Item], page: Page, claims: Claims) -> Item | None:
    """The article item that describes this page: the one with its address or its title, else the first."""
    if len(articles) < 2:
        return articles[0] if articles else None
    addresses = {_bare(one.value) for one in claims.of("canonical")} | {_bare(page.url or "")}
    titles = [one.value.casefold() for one in claims.of("title")]

    def fits(item: Item) -> int:
        places = (item.get("url"), item.get("mainEntityOfPage"), item.get("@id"))
        headline = jsonld.text_of(item.get("headline") or item.get("name")).casefold()
        own = any(_bare(jsonld.address_of(place)) in addresses for place in places if place)
        return 2 * own + bool(headline and any(headline in title for title in titles))

    return max(articles, key=fits)  # the first of equals


def _bare(address: str) -> str:
    return (
        address.partition("#")[0]
        .partition("?")[0]
        .rstrip("/")
        .removeprefix("https://")
        .removeprefix("http://")
        .removeprefix("www.")
    )


def _from_item(item: Item, items: Items, role: str, claims: Claims) -> None:
    """Claims of an article item (`role` "") or of the page's item (`role` "page ")."""
    kind = next(iter(jsonld.types(item)), "item")
    if not role:
        claims.add("kind", "json-ld type", kind, at="json-ld @type")
    for name, value in item.items():
        field = JSON_LD_FIELDS.get(f"{role}{name}")
        if field is None or value is None:
            continue
        source, at = f"json-ld {role}{name}", f"json-ld {kind}.{name}"
        if field in _PEOPLE:
            _add_people(field, source, at, [items.resolve(one) for one in jsonld.as_list(value)], claims)
        elif field in _ADDRESSES:
            named = items.resolve(_first(value))
            claims.add(field, source, jsonld.address_of(named), at=at)
            if field == "image" and isinstance(named, dict):
                _add_words(named, items, claims)
        else:
            for one in jsonld.as_list(value):
                claims.add(field, source, str(one) if isinstance(one, bool) else jsonld.text_of(one), at=at)


def _add_people(field: str, source: str, at: str, entities: Iterable[Any], claims: Claims) -> None:
    for entity in entities:
        if not isinstance(entity, dict):
            claims.add(field, source, jsonld.text_of(entity), at=at)
            continue
        names = jsonld.types(entity)
        kind = (
            "person" if "Person" in names else "organization" if any(name.endswith(_ORGANIZATIONS) for name in names) else None
        )
        address = jsonld.address_of(entity.get("url")) or jsonld.address_of(_first(entity.get("sameAs")))
        for name in jsonld.as_list(entity.get("name")):
            text = jsonld.text_of(name)
            claims.add(
                field,
                source,
                text,
                at=at,
                url=address or None,
                bio=jsonld.text_of(entity.get("description")) or None,
                kind=kind,
            )


def _add_words(picture: Item, items: Items, claims: Claims) -> None:
    """What the item of a picture says of it."""
    for name, value in picture.items():
        field = JSON_LD_FIELDS.get(f"image {name}")
        if field:
            text = jsonld.text_of(items.resolve(_first(value)))
            claims.add(field, f"json-ld image {name}", text, at=f"json-ld ImageObject.{name}", url=jsonld.address_of(picture))


def _first(value: Any) -> Any:
    return next(iter(jsonld.as_list(value)), None)


def _from_other(item: Item, claims: Claims) -> None:
    names = jsonld.types(item)
    if "BreadcrumbList" in names:
        _add_trail(item, claims)
    elif "WebSite" in names:
        claims.add("publisher", "json-ld site name", jsonld.text_of(item.get("name")), at="json-ld WebSite.name")
    elif any(name.endswith(_ORGANIZATIONS) for name in names):
        claims.add("publisher", "json-ld organization name", jsonld.text_of(item.get("name")), at="json-ld Organization.name")


def _add_trail(item: Item, claims: Claims) -> None:
    steps = [step for step in jsonld.as_list(item.get("itemListElement")) if isinstance(step, dict)]
    steps.sort(key=_position)
    for step in steps:
        target = step.get("item")
        text = jsonld.text_of(step.get("name")) or (jsonld.text_of(target.get("name")) if isinstance(target, dict) else "")
        claims.add("section", "json-ld breadcrumb", text, at="json-ld BreadcrumbList")


def _position(step: Item) -> float:
    try:
        return float(step.get("position") or 0)
    except (TypeError, ValueError):
        return 0.0
