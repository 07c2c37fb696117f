from __future__ import annotations

from archiver.fetch.cookies import Cookies


def test_each_host_has_a_jar_of_its_own():
    cookies = Cookies()
    cookies.jar("https://site.example/a").set("seen", "1")
    assert cookies.jar("http://site.example:8080/b").get("seen") == "1"
    assert not cookies.jar("https://www.site.example/")
    assert not cookies.jar("https://example/")


def test_what_https_set_stays_on_https():
    cookies = Cookies()
    for url in ("https://site.example/", "http://other.example/"):
        cookies.jar(url).set("seen", "1")
        cookies.bind_to_tls(url)
    assert [cookie.secure for cookie in cookies.jar("https://site.example/")] == [True]
    assert [cookie.secure for cookie in cookies.jar("http://other.example/")] == [False]


def test_state_changes_with_a_value():
    cookies = Cookies()
    states = [cookies.state("https://site.example/")]
    for value in ("1", "2"):
        cookies.jar("https://site.example/").set("seen", value)
        states.append(cookies.state("https://site.example/a"))
    assert states == [frozenset(), frozenset({("seen", "1")}), frozenset({("seen", "2")})]
