"""URLs: the form we fetch, the key that identifies an article, and matching hosts by label.

The URL key is the identity of an article: two URLs with one key are one article. It is defined in
`docs/adr/0003-url-key.md`; `TRACKING_PARAMETERS` lists what it ignores, with the reason.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, unquote_to_bytes, urljoin, urlsplit

from archiver.errors import InvalidUrl

ID_DIGITS = 16
MAX_URL_CHARACTERS = 8192
MAX_HOST_CHARACTERS = 253
"""RFC 1035, 2.3.4, as text."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED_AND_DELIMS = "-._~!$&'()*+,;=:@/%"
_USER_INFO = "-._~!$&'()*+,;=:%"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_REMEDY = "give an absolute URL such as https://example.org/article"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_BEFORE_QUERY = re.compile(r"[^?#]*")
_ABSOLUTE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[^\s?#;]*)?(?:\?[^\s#]+)?(?:#\S+)?")
_ROOTED = re.compile(r"/(?![/.])(?:[^\s\\/?#;]|/(?![/.]))*(?:\?[^\s#]+)?(?:#\S+)?")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?=[/?#]|$)")
_WWW = re.compile(r"(?:www\.)+(?=[^.]+\.[^.])")
_CREDENTIALS = re.compile(r"(?i)^((?:[a-z][a-z0-9+.-]*:)?[/\\]{2,})[^/\\?#]*@")
_HOST_WITHOUT_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)")


class TrackingParameter(NamedTuple):
    """A query parameter that says how the reader came, not what they read."""

    pattern: str
    reason: str


TRACKING_PARAMETERS = (
    TrackingParameter(r"utm_\w+", "Google Analytics campaign tags, copied by most newsletters and share buttons"),
    TrackingParameter(
        r"(?:fb|g|d|tt|tw|y)clid|msclkid|irclickid|wbraid|gbraid|li_fat_id|igshid|igsh|epik|rdt_cid|sccid|gclsrc|s_kwcid|ef_id",
        "click IDs of ad and social networks",
    ),
    TrackingParameter(
        r"mc_[ce]id|_hs(?:enc|mi)|mkt_tok|vero_id|ml_subscriber(?:_hash)?|ck_subscriber_id|oly_(?:anon|enc)_id|__s|_kx|bsft_\w+|"
        r"nr_email_referer|sthash",
        "recipient IDs of mail services",
    ),
    TrackingParameter(r"hsa_\w+|__hs(?:tc|sc|fp)|hsctatracking", "HubSpot's campaign and session IDs"),
    TrackingParameter(
        r"fb_(?:action_ids|action_types|source|ref)|ref_src|ref_url|soc_(?:src|trk)|__tn__|__xts__\[\d\]|_branch_match_id|_branch_referrer",
        "what social networks and app links add to say which button was pressed",
    ),
    TrackingParameter(
        r"guce_referrer(?:_sig)?|guccounter|gaa_(?:at|n|ts|sig)",
        "what Yahoo's and Google's gates add on the way back to the article",
    ),
    TrackingParameter(r"dicbo|obOrigUrl|tblci|taboola_\w+|ob_click_id", "Outbrain's and Taboola's boxes of links"),
    TrackingParameter(r"_openstat|yadclid|ymclid|rb_clickid|wickedid", "click IDs of Yandex and smaller ad services"),
    TrackingParameter(r"_ga|_gl|gad_source|gad_campaignid|srsltid", "Google's cross-site session IDs"),
    TrackingParameter(
        r"at_(?:medium|campaign|custom\d|link_\w+|format|bbc_team|ptr_name)", "AT Internet campaign tags (BBC, French press)"
    ),
    TrackingParameter(r"(?:pk|mtm|piwik)_\w+", "Matomo campaign tags"),
    TrackingParameter(r"ns_(?:mchannel|source|campaign|linkname|fee)", "comScore campaign tags"),
    TrackingParameter(
        r"cmpid|cmp|xtor|sc_cid|s_cid|smid|smtyp|ncid|icid|wt_mc|wt_zmc|spm|mbid|ocid|ito|intcmp|int_cmp|ftag|taid|sr_share|wprov",
        "campaign tags of single publishers' analytics",
    ),
)
_TRACKING = re.compile("|".join(f"(?:{row.pattern})" for row in TRACKING_PARAMETERS), re.IGNORECASE)


def parse(text: str) -> str:
    """`text`, as a person typed or pasted it, as an absolute http(s) URL ready to fetch.

    White space around it is dropped, a missing scheme becomes https, the host is lower-cased and its international
    labels become punycode, characters that may not stand in a URL are percent-encoded, the fragment is removed.
    User name and password stay: fetching needs them; use `without_credentials` for everything else.

    Raises:
        InvalidUrl: no host, another scheme, or a host or port that cannot be.
    """
    text = _trimmed(text)
    if len(text) > MAX_URL_CHARACTERS:
        raise InvalidUrl(f"longer than {MAX_URL_CHARACTERS} characters", subject=_shown(text)[:60] + "…")
    return _absolute(text)


def _absolute(text: str) -> str:
    """As `parse`, whatever the length."""
    if _CONTROLS.search(text):
        raise InvalidUrl("contains control characters", subject=_shown(text))
    if _HOST_WITHOUT_SCHEME.match(text):
        text = "https://" + text
    if not _SCHEME.match(text):
        raise InvalidUrl("not an absolute URL", subject=_shown(text) or "(empty)", remedy=_REMEDY)
    try:
        # browsers take "\\" for "/", but not in the query
        forward = _BEFORE_QUERY.sub(lambda match: match[0].replace("\\", "/"), text, count=1) if "\\" in text else text
        parts = urlsplit(forward)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        raise InvalidUrl("has a host or port that cannot be", subject=_shown(text), remedy=_REMEDY) from None
    if scheme not in _DEFAULT_PORTS:
        raise InvalidUrl(f"cannot fetch {scheme}: URLs", subject=_shown(text), remedy="only http and https")
    if not host:
        raise InvalidUrl("has no host", subject=_shown(text), remedy=_REMEDY)
    authority = _ascii_host(host, text)
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        authority += f":{port}"
    if "@" in parts.netloc:
        authority = f"{quote(parts.netloc.rpartition('@')[0], safe=_USER_INFO)}@{authority}"
    path = _without_dot_segments(quote(parts.path, safe=_UNRESERVED_AND_DELIMS)) or "/"
    query = quote(parts.query, safe=_UNRESERVED_AND_DELIMS + "?[]")
    return f"{scheme}://{authority}{path}{'?' + query if query else ''}"


def join(base: str | None, reference: str) -> str | None:
    """`reference`, found in a page at `base`, as an absolute http(s) URL with its fragment; None where it is no such thing."""
    reference = reference.strip()
    if _ABSOLUTE.fullmatch(reference):
        return reference  # four of five; joining, which would change nothing, takes twenty times as long
    if _ROOTED.fullmatch(reference) and (origin := _ORIGIN.match(base or "")):
        return origin[0] + reference
    try:
        url = urljoin(base or "", reference)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def key(url: str) -> str:
    """The URL key: equal for URLs that name the same article, and itself stable under repetition.

    Not part of it: scheme, default port, "www.", credentials, fragment, tracking parameters, trailing slashes, "." and ".."
    segments, the order of parameters, and how characters are percent-encoded. Part of it: everything else, case included.

    Raises:
        InvalidUrl: as `parse`.
    """
    return _known_key(url) if len(url) <= MAX_URL_CHARACTERS else _key(url)


def _key(url: str) -> str:
    parts = urlsplit(_absolute(_trimmed(url)))
    host = _host_label(parts)
    path = _normal_escapes(parts.path).rstrip("/")
    # Latin-1 takes every escaped octet for what it is: pages in other encodings have parameters that are not UTF-8
    pairs = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    kept = sorted((name, value) for name, value in pairs if not _TRACKING.fullmatch(name))
    query = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in kept)
    return f"{host}{path}{'?' + query if query else ''}"


_known_key = functools.lru_cache(256)(_key)
"""Of a page on its way into the archive the key is asked for a dozen times."""


def article_id(url: str) -> str:
    """The article's ID: the first 16 hexadecimal digits of the SHA-256 of its URL key."""
    import hashlib  # costs more to import than all the rest here, and listings do without

    return hashlib.sha256(key(url).encode()).hexdigest()[:ID_DIGITS]


def host(url: str) -> str | None:
    """The host, lower case, in punycode, without "www." and port; None where `url` has none."""
    try:
        name = urlsplit(url).hostname
    except ValueError:
        return None
    return _without_www(name.rstrip(".")) or None if name else None


def host_matches(name: str, pattern: str) -> bool:
    """Whether host `name` is `pattern` or a subdomain of it, by whole labels ("x.com" is not in "netflix.com")."""
    name, pattern = name.lower().strip("."), pattern.lower().strip(".")
    return name == pattern or name.endswith("." + pattern)


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one site: one's host is the other's or below it, or they share the last two labels."""
    first, second = host(one) or "", host(other) or ""
    related = host_matches(first, second) or host_matches(second, first)
    return related or first.split(".")[-2:] == second.split(".")[-2:]


def is_front_page(url: str) -> bool:
    """Whether `url` is that of a site as a whole."""
    parts = urlsplit(url)
    return parts.path.strip("/") == "" and not parts.query


def without_credentials(url: str) -> str:
    """`url` without user name and password, for records, captures and messages."""
    return _CREDENTIALS.sub(r"\1", url) if "@" in url else url


def printable(text: str) -> str:
    """`text` on one line, with every character a terminal might act on written as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _trimmed(text: str) -> str:
    """`text` without the white space, visible or not, that copying leaves around it."""
    return text.strip().strip("\ufeff\u200b").strip()


def _shown(text: str) -> str:
    """What a person gave for a URL, as an error may show it."""
    return printable(without_credentials(text))


def _host_label(parts: SplitResult) -> str:
    name = _without_www(parts.hostname or "")
    name = f"[{name}]" if ":" in name else name
    port = parts.port
    return name if port in (None, *_DEFAULT_PORTS.values()) else f"{name}:{port}"


def _without_www(name: str) -> str:
    """`name` without "www." in front, where what is left is still more than one label."""
    www = _WWW.match(name) if name.startswith("www.") else None
    return name[www.end() :] if www else name


def _ascii_host(name: str, text: str) -> str:
    if ":" in name:
        return f"[{name}]"
    name = unquote(name).rstrip(".").lower()
    if not name.isascii():
        import idna  # only for international host names

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise InvalidUrl(f"not a valid host name: {printable(str(error))}", subject=_shown(text), remedy=_REMEDY) from None
    if not _HOST.fullmatch(name) or len(name) > MAX_HOST_CHARACTERS:
        raise InvalidUrl("not a valid host name", subject=_shown(text), remedy=_REMEDY)
    return name


def _without_dot_segments(path: str) -> str:
    """`path` with "." and ".." resolved, escaped ones too, as browsers send it (WHATWG URL, path state)."""
    kept: list[str] = []
    segments = [re.sub("%2e", ".", segment, flags=re.IGNORECASE) if "%2" in segment else segment for segment in path.split("/")]
    if not {".", ".."}.intersection(segments):
        return path
    for segment in segments:
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    return "/".join(kept) + ("/" if segments[-1] in (".", "..") else "")


def _escaped(text: str) -> str:
    return quote(text, safe="", encoding="latin-1")


def _normal_escapes(path: str) -> str:
    """`path` with each octet escaped in one way: plain where RFC 3986 calls it unreserved, upper-case escape elsewhere."""
    segments = path.split("/")
    return "/".join(quote(unquote_to_bytes(segment), safe="~!$&'()*+,;=:@") for segment in segments)
