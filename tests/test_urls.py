from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver import urls
from archiver.errors import InvalidUrl

PARTS = st.lists(
    st.sampled_from(
        [
            "/",
            "//",
            ".",
            "..",
            "%2e",
            "%2E%2e",
            "%2F",
            "%",
            "%25",
            "%zz",
            "%E9",
            "%C3%A9",
            "é",
            "a b",
            "A",
            "~",
            "+",
            "&",
            "=",
            "?",
            ";",
            ":",
            "@",
            "[",
            "]",
            "#",
            "'",
            '"',
            "|",
            "日本",
            "\\",
            "utm_source=x",
            "www.",
        ]
    )
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=3),
    max_size=12,
).map("".join)
HOSTS = st.sampled_from(
    [
        "example.org",
        "www.example.org",
        "www.www.example.org",
        "www.com",
        "www.co.uk",
        "EXAMPLE.org.",
        "bücher.example",
        "b%C3%BCcher.example",
        "xn--bcher-kva.example",
        "127.0.0.1",
        "[::1]",
        "localhost",
        "a_b.example",
    ]
)
PORTS = st.sampled_from(["", ":", ":80", ":443", ":8080", ":0", ":65535"])
USERS = st.sampled_from(["", "u@", "u:p@", "u:p@w@", "é:ß@"])
URLS = st.builds("{}://{}{}{}/{}".format, st.sampled_from(["http", "https", "HTTPS"]), USERS, HOSTS, PORTS, PARTS)


# -- parse


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org", "http://example.org/"),
        ("example.org/a", "https://example.org/a"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("\ufeff https://example.org/a \u200b", "https://example.org/a"),
        ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?b=c&d", "https://example.org/a?b=c&d"),
        ("https://example.org/é ü", "https://example.org/%C3%A9%20%C3%BC"),
        ("https://example.org/%C3%A9", "https://example.org/%C3%A9"),
        ("https://example.org/?q=日本", "https://example.org/?q=%E6%97%A5%E6%9C%AC"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://b%C3%BCcher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https:\\\\example.org\\a", "https://example.org/a"),
        ("https://example.org/a?b=c\\d", "https://example.org/a?b=c%5Cd"),
        ("https://user:secret@example.org/", "https://user:secret@example.org/"),
        ("https://us er:pé@example.org/", "https://us%20er:p%C3%A9@example.org/"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/a/%2e%2E/../../b", "https://example.org/b"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org/a/b/.", "https://example.org/a/b/"),
        ("https://example.org/a..b/.c", "https://example.org/a..b/.c"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("https://example.org/\u202etxt", "https://example.org/%E2%80%AEtxt"),
    ],
)
def test_what_a_person_pastes_becomes_a_url_to_fetch(typed, parsed):
    assert urls.parse(typed) == parsed


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "not an absolute URL"),
        ("   ", "not an absolute URL"),
        ("harbour", "not an absolute URL"),
        ("/etc/passwd", "not an absolute URL"),
        ("../../etc/passwd", "not an absolute URL"),
        ("//example.org/a", "not an absolute URL"),
        ("ftp://example.org/", "cannot fetch ftp: URLs"),
        ("file:///etc/passwd", "cannot fetch file: URLs"),
        ("javascript:alert(1)", "cannot fetch javascript: URLs"),
        ("mailto:a@example.org", "cannot fetch mailto: URLs"),
        ("https://", "has no host"),
        ("https:///path", "has no host"),
        ("https://user@/path", "has no host"),
        ("https://exa mple.org/", "not a valid host name"),
        ("https://example..org/", "not a valid host name"),
        ("https://example.org:port/", "has a host or port that cannot be"),
        ("https://example.org:99999/", "has a host or port that cannot be"),
        ("https://[::1/", "has a host or port that cannot be"),
        ("https://[nonsense]/", "has a host or port that cannot be"),
        ("https://" + "a" * 64 + ".é/", "not a valid host name"),
        ("https://" + "a." * 200 + "org/", "not a valid host name"),
        ("https://exa%00mple.org/", "not a valid host name"),
        ("https://a%3Ab.example/", "not a valid host name"),
        ("https://a%2Fb.example/", "not a valid host name"),
        ("https://example.org/a\nb", "contains control characters"),
        ("https://example.org/a\0b", "contains control characters"),
        ("https://example.org/\x1b[2J", "contains control characters"),
        ("https://example.org/\x9b", "contains control characters"),
        ("https://example.org/\udcff", "contains control characters"),
        ("https://example.org/" + "a" * 9000, "longer than 8192 characters"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_no_url_is_refused_with_a_reason(typed, reason):
    with pytest.raises(InvalidUrl) as caught:
        urls.parse(typed)
    assert reason in caught.value.reason
    assert caught.value.exit_code == 2
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize(
    "typed",
    [
        "https://user:secret@/path",
        "https://user:secret@example.org:port/",
        "https://user:secret@exa mple.org/",
        "ftp://user:secret@example.org/",
        "//user:secret@example.org/",
        "https:\\\\user:secret@example..org/",
        "https://user:secret@example.org/\0",
        "https://user:secret@example.org/" + "a" * 9000,
    ],
)
def test_an_error_never_shows_a_password(typed):
    with pytest.raises(InvalidUrl) as caught:
        urls.parse(typed)
    assert "secret" not in str(caught.value)


@settings(deadline=None, max_examples=200)
@given(URLS | PARTS)
def test_parsing_twice_is_parsing_once(text):
    try:
        once = urls.parse(text)
    except InvalidUrl:
        return
    assert urls.parse(once) == once
    assert once.isascii()
    assert " " not in once


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_any_text_is_a_url_or_our_error(text):
    try:
        urls.parse(text)
    except InvalidUrl:
        return


# -- key


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/a/b?x=1&y=2",
        "https://www.example.org/a/b?x=1&y=2",
        "https://www.www.example.org/a/b?x=1&y=2",
        "https://EXAMPLE.org/a/b?x=1&y=2",
        "https://example.org:443/a/b?x=1&y=2",
        "http://example.org:80/a/b?x=1&y=2",
        "https://user:secret@example.org/a/b?x=1&y=2",
        "https://example.org/a/b/?x=1&y=2",
        "https://example.org/a/b?y=2&x=1",
        "https://example.org/a/b?x=1&y=2#part",
        "https://example.org/a/b?x=1&y=2&utm_source=letter&fbclid=1",
        "https://example.org/a/%62?x=%31&y=2",
        "https://example.org/a/./b?x=1&y=2",
        "https://example.org/a/c/../b?x=1&y=2",
        "example.org/a/b?x=1&y=2",
    ],
)
def test_urls_of_one_article_have_one_key(other):
    assert urls.key(other) == "example.org/a/b?x=1&y=2"
    assert urls.article_id(other) == urls.article_id("https://example.org/a/b?x=1&y=2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://m.example.org/a"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/a", "https://example.org:8080/a"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/?id=a", "https://example.org/?id=A"),
        ("https://example.org/?a=1&a=2", "https://example.org/?a=2"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/?a=b%26c=d", "https://example.org/?a=b&c=d"),
        ("https://example.org/?q=%E9", "https://example.org/?q=%E8"),
        ("https://example.org/%E9", "https://example.org/%E8"),
        ("https://example.org/?q=%E9", "https://example.org/?q=%C3%A9"),
        ("https://xn--pple-43d.com/", "https://apple.com/"),
    ],
)
def test_urls_of_different_articles_have_different_keys(one, other):
    assert urls.key(one) != urls.key(other)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://example.org/", "example.org"),
        ("https://www.com/", "www.com"),
        ("https://[::1]:8080/a", "[::1]:8080/a"),
        ("https://example.org/?a", "example.org?a="),
        ("https://example.org/?q=a+b", "example.org?q=a%20b"),
        ("https://bücher.example/é", "xn--bcher-kva.example/%C3%A9"),
        ("https://example.org/100%", "example.org/100%25"),
    ],
)
def test_the_key_is_written_so(url, key):
    assert urls.key(url) == key


@settings(deadline=None, max_examples=500)
@given(URLS)
@example("http://www.www.example.org:443/a/%2e%2e//?b=%E9&a=+&a#x")
@example("https://example.org/" + "é" * 3000)
def test_the_key_of_a_key_is_itself(url):
    try:
        key = urls.key(url)
    except InvalidUrl:
        return
    assert urls.key("https://" + key) == key
    assert urls.key("http://www." + key) in (key, "www." + key)


@settings(deadline=None, max_examples=200)
@given(URLS)
def test_a_url_and_its_parsed_form_have_one_key(url):
    try:
        parsed = urls.parse(url)
    except InvalidUrl:
        return
    assert urls.key(parsed) == urls.key(url)


def test_the_id_is_sixteen_hexadecimal_digits():
    assert re.fullmatch(r"[0-9a-f]{16}", urls.article_id("https://example.org/a"))
    assert urls.article_id("https://example.org/2026/harbour") == "cf96127c1107c410"


def test_the_key_of_no_url_is_refused():
    with pytest.raises(InvalidUrl):
        urls.key("harbour")


# -- tracking parameters

TRACKED = [
    "utm_source",
    "utm_campaign",
    "fbclid",
    "gclid",
    "dclid",
    "ttclid",
    "twclid",
    "yclid",
    "msclkid",
    "irclickid",
    "wbraid",
    "gbraid",
    "li_fat_id",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "ml_subscriber",
    "ml_subscriber_hash",
    "_ga",
    "_gl",
    "gad_source",
    "gad_campaignid",
    "srsltid",
    "at_medium",
    "at_campaign",
    "at_custom1",
    "at_link_id",
    "at_format",
    "at_bbc_team",
    "at_ptr_name",
    "pk_campaign",
    "mtm_source",
    "piwik_kwd",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "ns_linkname",
    "ns_fee",
    "cmpid",
    "cmp",
    "xtor",
    "sc_cid",
    "s_cid",
    "smid",
    "smtyp",
    "ncid",
    "icid",
    "wt_mc",
    "wt_zmc",
    "spm",
    "igsh",
    "epik",
    "rdt_cid",
    "sccid",
    "gclsrc",
    "s_kwcid",
    "ef_id",
    "ck_subscriber_id",
    "oly_anon_id",
    "oly_enc_id",
    "__s",
    "_kx",
    "bsft_uid",
    "nr_email_referer",
    "sthash",
    "hsa_cam",
    "__hstc",
    "__hssc",
    "__hsfp",
    "hsctatracking",
    "fb_action_ids",
    "fb_action_types",
    "fb_source",
    "fb_ref",
    "ref_src",
    "ref_url",
    "soc_src",
    "soc_trk",
    "__tn__",
    "__xts__[0]",
    "_branch_match_id",
    "_branch_referrer",
    "guce_referrer",
    "guce_referrer_sig",
    "guccounter",
    "gaa_at",
    "gaa_n",
    "gaa_ts",
    "gaa_sig",
    "dicbo",
    "oborigurl",
    "tblci",
    "taboola_campaign",
    "ob_click_id",
    "_openstat",
    "yadclid",
    "ymclid",
    "rb_clickid",
    "wickedid",
    "mbid",
    "ocid",
    "ito",
    "intcmp",
    "int_cmp",
    "ftag",
    "taid",
    "sr_share",
    "wprov",
]


@pytest.mark.parametrize("name", TRACKED)
@pytest.mark.parametrize("spelled", [str, str.upper])
def test_a_tracking_parameter_is_no_part_of_the_key(name, spelled):
    assert urls.key(f"https://example.org/a?{spelled(name)}=1&id=7") == "example.org/a?id=7"


@pytest.mark.parametrize("row", urls.TRACKING_PARAMETERS, ids=lambda row: row.pattern[:20])
def test_each_row_is_missed_when_it_is_gone(row, monkeypatch):
    others = "|".join(f"(?:{one.pattern})" for one in urls.TRACKING_PARAMETERS if one is not row)
    monkeypatch.setattr(urls, "_TRACKING", re.compile(others, re.IGNORECASE))
    assert any("=1" in urls.key(f"https://example.org/a?{name}=1") for name in TRACKED)


@pytest.mark.parametrize("row", urls.TRACKING_PARAMETERS, ids=lambda row: row.pattern[:20])
def test_each_row_gives_its_reason(row):
    assert row.reason


@pytest.mark.parametrize(
    "name",
    ["id", "p", "page", "q", "ref", "source", "campaign", "utm", "article_utm_source", "clid", "at_", "lang", "story_fbid"],
)
def test_a_parameter_that_may_name_the_article_stays(name):
    assert urls.key(f"https://example.org/a?{name}=1") == f"example.org/a?{name}=1"


# -- host and matching


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://Example.ORG:8080/", "example.org"),
        ("https://user:p@example.org./", "example.org"),
        ("https://www.com/", "www.com"),
        ("http://[::1]/", "::1"),
        ("mailto:a@example.org", None),
        ("harbour", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_the_host_of_a_url(url, host):
    assert urls.host(url) == host


@pytest.mark.parametrize(
    ("name", "pattern", "matches"),
    [
        ("example.org", "example.org", True),
        ("news.example.org", "example.org", True),
        ("NEWS.example.org", "Example.org.", True),
        ("netflix.com", "x.com", False),
        ("example.org", "news.example.org", False),
        ("example.org.evil.example", "example.org", False),
        ("example.org", "org", True),
    ],
)
def test_hosts_match_by_whole_labels(name, pattern, matches):
    assert urls.host_matches(name, pattern) is matches


# -- credentials, references, text for terminals


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://user@example.org/a", "https://example.org/a"),
        ("https://u:p@w@example.org/a", "https://example.org/a"),
        ("HTTPS://user:secret@example.org/a", "HTTPS://example.org/a"),
        ("https://example.org/@user", "https://example.org/@user"),
        ("https://example.org/?mail=a@example.org", "https://example.org/?mail=a@example.org"),
        ("https://example.org#a@b", "https://example.org#a@b"),
        ("//user:secret@example.org/a", "//example.org/a"),
        ("harbour", "harbour"),
    ],
)
def test_credentials_are_taken_out(url, bare):
    assert urls.without_credentials(url) == bare


@settings(deadline=None)
@given(st.sampled_from(["u:secret@", "secret@", "u:x@secret@", "secret:@"]), PARTS)
def test_a_parsed_url_without_credentials_has_none(user, path):
    try:
        url = urls.parse(f"https://{user}example.org/{path}")
    except InvalidUrl:
        return
    assert urls.without_credentials(url).startswith("https://example.org/")


@pytest.mark.parametrize(
    ("base", "reference", "joined"),
    [
        ("https://example.org/a/b", "c", "https://example.org/a/c"),
        ("https://example.org/a/b", " /c#d ", "https://example.org/c#d"),
        ("https://example.org/a/b", "/c/../d;e", "https://example.org/d;e"),
        ("https://example.org:8080/a/b?c", "/d?e", "https://example.org:8080/d?e"),
        ("https://example.org/a", "https://other.example/x?#", "https://other.example/x"),
        ("HTTPS://example.org/a", "/x", "https://example.org/x"),
        ("https://example.org/a", "//other.example/x", "https://other.example/x"),
        ("https://example.org/a", "mailto:a@example.org", None),
        ("https://example.org/a", "javascript:alert(1)", None),
        ("https://example.org/a", "data:text/html,x", None),
        ("https://example.org/a", "https://[", None),
        ("https://example.org/a", "http://", None),
        (None, "c", None),
        (None, "https://example.org/c", "https://example.org/c"),
    ],
)
def test_a_reference_is_joined_to_its_base(base, reference, joined):
    assert urls.join(base, reference) == joined


JOINED = st.lists(
    st.sampled_from(
        ["http://", "https://", "/", "//", "a", "B.c", ":80", "?", "#", ";", "..", "%20", "é", " ", "@", "[", "\\", "."]
    ),
    max_size=7,
).map("".join)


@given(st.sampled_from([None, "https://example.org:80/a/b;c?d#e", "http://h?x", "HTTPS://h/x", "http://u@h/x"]), JOINED)
def test_what_is_joined_without_parsing_is_what_parsing_gives(base, reference):
    try:
        joined = urljoin(base or "", reference.strip())
        parts = urlsplit(joined)
    except ValueError:
        assert urls.join(base, reference) is None
        return
    fetchable = parts.scheme in ("http", "https") and parts.hostname
    assert urls.join(base, reference) == (joined if fetchable else None)


@given(st.text())
def test_printable_text_stays_and_the_rest_is_escaped(text):
    shown = urls.printable(text)
    assert shown.isprintable()
    assert shown == text or not text.isprintable()
