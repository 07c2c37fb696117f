"""URLs: the form we fetch, the key that identifies an article, and matching hosts by label.

The URL key is the identity of an article: two URLs with one key are one article. It is defined in
`docs/adr/0003-url-key.md`; `TRACKING_PARAMETERS` lists what it ignores, with the reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, unquote_to_bytes, urljoin, urlsplit

from archiver.errors import InvalidUrl

ID_DIGITS = 16
MAX_URL_CHARACTERS = 8192
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED_AND_DELIMS = "-._~!$&'()*+,;=:@/%"
_REMEDY = "give an absolute URL such as https://example.org/article"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST_WITHOUT_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)")


class TrackingParameter(NamedTuple):
    """A query parameter that says how the reader came, not what they read."""

    pattern: str
    reason: str


TRACKING_PARAMETERS = (
    TrackingParameter(r"utm_\w+", "Google Analytics campaign tags, copied by most newsletters and share buttons"),
    TrackingParameter(
        r"(?:fb|g|dc|ms|tw|yc|ir)clid|ttclid|wbraid|gbraid|li_fat_id|igshid", "click IDs of ad and social networks"
    ),
    TrackingParameter(r"mc_[ce]id|_hs(?:enc|mi)|mkt_tok|vero_id|ml_subscriber(?:_hash)?", "recipient IDs of mail services"),
    TrackingParameter(r"_ga|_gl|gad_source|gad_campaignid|srsltid", "Google's cross-site session IDs"),
    TrackingParameter(
        r"at_(?:medium|campaign|custom\d|link_\w+|format|bbc_team|ptr_name)", "AT Internet campaign tags (BBC, French press)"
    ),
    TrackingParameter(r"(?:pk|mtm|piwik)_\w+", "Matomo campaign tags"),
    TrackingParameter(r"ns_(?:mchannel|source|campaign|linkname|fee)", "comScore campaign tags"),
    TrackingParameter(
        r"cmpid|cmp|xtor|sc_cid|s_cid|smid|smtyp|ncid|icid|wt_mc|wt_zmc|spm", "campaign tags of single publishers' analytics"
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
    text = text.strip().strip("\ufeff\u200b")
    if len(text) > MAX_URL_CHARACTERS:
        raise InvalidUrl(f"longer than {MAX_URL_CHARACTERS} characters", subject=text[:60] + "…")
    if not text.isprintable():
        raise InvalidUrl("contains control characters", subject=printable(text))
    if _HOST_WITHOUT_SCHEME.match(text):
        text = "https://" + text
    if not _SCHEME.match(text):
        raise InvalidUrl("not an absolute URL", subject=text or "(empty)", remedy=_REMEDY)
    try:
        parts = urlsplit(text.replace("\\", "/"))
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise InvalidUrl(f"not a valid URL: {error}", subject=without_credentials(text)) from None
    if scheme not in _DEFAULT_PORTS:
        raise InvalidUrl(f"cannot fetch {scheme}: URLs", subject=without_credentials(text), remedy="only http and https")
    if not host:
        raise InvalidUrl("has no host", subject=text, remedy=_REMEDY)
    authority = _ascii_host(host, text)
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        authority += f":{port}"
    if "@" in parts.netloc:
        authority = f"{parts.netloc.rpartition('@')[0]}@{authority}"
    path = quote(parts.path, safe=_UNRESERVED_AND_DELIMS) or "/"
    query = quote(parts.query, safe=_UNRESERVED_AND_DELIMS + "?[]")
    return f"{scheme}://{authority}{path}{'?' + query if query else ''}"


def join(base: str | None, reference: str) -> str | None:
    """`reference`, found in a page at `base`, as an absolute http(s) URL with its fragment; None where it is no such thing."""
    reference = reference.strip()
    try:
        url = urljoin(base or "", reference)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def key(url: str) -> str:
    """The URL key: equal for URLs that name the same article, and itself stable under repetition.

    Not part of it: scheme, default port, "www.", credentials, fragment, tracking parameters, a trailing slash, the order
    of parameters, and how characters are percent-encoded. Part of it: everything else, case included.

    Raises:
        InvalidUrl: as `parse`.
    """
    parts = urlsplit(parse(url))
    host = _host_label(parts)
    path = _normal_escapes(parts.path).rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted((name, value) for name, value in pairs if not _TRACKING.fullmatch(name))
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in kept)
    return f"{host}{path}{'?' + query if query else ''}"


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
    return name.removeprefix("www.").rstrip(".") or None if name else None


def host_matches(name: str, pattern: str) -> bool:
    """Whether host `name` is `pattern` or a subdomain of it, by whole labels ("x.com" is not in "netflix.com")."""
    name, pattern = name.lower().strip("."), pattern.lower().strip(".")
    return name == pattern or name.endswith("." + pattern)


def without_credentials(url: str) -> str:
    """`url` without user name and password, for records, captures and messages."""
    return re.sub(r"(?i)^([a-z][a-z0-9+.-]*://)[^/?#]*@", r"\1", url)


def printable(text: str) -> str:
    """`text` on one line, with every character a terminal might act on written as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _host_label(parts: SplitResult) -> str:
    name = (parts.hostname or "").removeprefix("www.")
    name = f"[{name}]" if ":" in name else name
    port = parts.port
    return name if port is None else f"{name}:{port}"


def _ascii_host(name: str, subject: str) -> str:
    name = name.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]"
    if not name.isascii():
        import idna  # only for international host names

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise InvalidUrl(f"not a valid host name: {error}", subject=without_credentials(subject)) from None
    name = unquote(name)
    if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", name) or len(name) > 253:
        raise InvalidUrl("not a valid host name", subject=without_credentials(subject), remedy=_REMEDY)
    return name


def _normal_escapes(path: str) -> str:
    """`path` with each octet escaped in one way: plain where RFC 3986 calls it unreserved, upper-case escape elsewhere."""
    segments = path.split("/")
    return "/".join(quote(unquote_to_bytes(segment), safe="~!$&'()*+,;=:@") for segment in segments)
