from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archiver import settings
from archiver.errors import InvalidInput
from archiver.settings import Settings
from archiver.values import SentHeader


@pytest.fixture
def config(tmp_path):
    """Writes a config file and gives the environment that names it."""

    def write(text: str | bytes, **variables: str) -> dict[str, str]:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return {"ARCHIVER_CONFIG": str(path), "ARCHIVER_HOME": str(tmp_path / "home"), **variables}

    return write


def refusal(environment) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        settings.load(environment)
    assert caught.value.exit_code == 2
    assert caught.value.subject
    assert caught.value.remedy
    return caught.value


# -- where a setting comes from


def test_without_file_and_environment_the_defaults_hold(config, tmp_path):
    loaded = settings.load(config(""))
    assert loaded == Settings(home=loaded.home, rules_folder=tmp_path / "rules")
    assert loaded.timeout_seconds == 30
    assert loaded.max_bytes == 20 * 1024 * 1024
    assert loaded.user_agent.startswith("archiver/")


def test_the_file_outranks_the_defaults(config):
    assert settings.load(config("timeout_seconds = 60")).timeout_seconds == 60


def test_the_environment_outranks_the_file(config):
    assert settings.load(config("timeout_seconds = 60", ARCHIVER_TIMEOUT_SECONDS="7.5")).timeout_seconds == 7.5


def test_the_command_line_outranks_all(config, tmp_path):
    environment = config(f'home = "{tmp_path}/file"')
    assert settings.load(environment, home=tmp_path / "option").home == tmp_path / "option"
    assert settings.load(environment).home == tmp_path / "home"
    del environment["ARCHIVER_HOME"]
    assert settings.load(environment).home == tmp_path / "file"


def test_an_empty_variable_sets_nothing(config):
    assert settings.load(config("timeout_seconds = 60", ARCHIVER_TIMEOUT_SECONDS="  ")).timeout_seconds == 60


def test_other_variables_are_none_of_ours(config):
    settings.load(config("", ARCHIVER_NONSENSE="1", PATH="/bin"))


def test_where_nothing_is_named_the_platform_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    import platformdirs

    assert settings.load({}).home == Path(platformdirs.user_data_dir("archiver", appauthor=False))


def test_the_platforms_config_file_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "_platform_directory", lambda kind: tmp_path / kind)
    (tmp_path / "user_config_dir").mkdir()
    (tmp_path / "user_config_dir" / "config.toml").write_text("max_redirects = 3")
    loaded = settings.load({})
    assert loaded.max_redirects == 3
    assert loaded.home == tmp_path / "user_data_dir"


def test_an_empty_config_variable_names_no_file(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "_platform_directory", lambda kind: tmp_path / kind)
    assert settings.load({"ARCHIVER_CONFIG": ""}) == Settings(
        home=tmp_path / "user_data_dir", rules_folder=tmp_path / "user_config_dir" / "rules"
    )


# -- values

GOOD = [
    ("home", '"/srv/a"', "/srv/a", Path("/srv/a")),
    ("timeout_seconds", "60", "60", 60.0),
    ("connect_seconds", "0.5", "0.5", 0.5),
    ("idle_seconds", "1e2", "1e2", 100.0),
    ("max_bytes", "1_000", "1_000", 1000),
    ("max_redirects", "5", "5", 5),
    ("user_agent", '"me (+mailto:me@example.org)"', "me (+mailto:me@example.org)", "me (+mailto:me@example.org)"),
    ("contact", '"ann@example.org"', "ann@example.org", "ann@example.org"),
    (
        "headers",
        '["site.example X-Key: a, b", "other.example Accept-Language: de"]',
        "site.example X-Key: a, b\nother.example Accept-Language: de",
        (SentHeader("site.example", "X-Key", "a, b"), SentHeader("other.example", "Accept-Language", "de")),
    ),
    ("cookies", '"/srv/cookies.txt"', "/srv/cookies.txt", Path("/srv/cookies.txt")),
    ("netrc", "true", "yes", True),
    ("proxy", '"socks5h://127.0.0.1:9050"', "socks5h://127.0.0.1:9050", "socks5h://127.0.0.1:9050"),
    ("insecure", "false", "0", False),
    ("pace_seconds", "2", "2", 2.0),
    ("jobs", "4", "4", 4),
    ("allow_private", '["10.0.0.0/8", " wiki.example "]', "10.0.0.0/8, wiki.example,", ("10.0.0.0/8", "wiki.example")),
    ("rules_folder", '"/srv/rules"', "/srv/rules", Path("/srv/rules")),
    ("hook", '["~/bin/tell me", "-q"]', "'~/bin/tell me' -q", ("~/bin/tell me", "-q")),
    ("join_pages", "false", "no", False),
    ("wayback", "true", "on", True),
    ("wayback_url", '"http://127.0.0.1:8080"', "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("wayback_available_url", '"http://127.0.0.1/a"', "http://127.0.0.1/a", "http://127.0.0.1/a"),
    ("background", '"light"', "light", "light"),
]


def test_each_setting_has_an_example_here():
    assert [name for name, *_ in GOOD] == [field.name for field in dataclasses.fields(Settings)]


@pytest.mark.parametrize(("name", "toml", "text", "value"), GOOD)
def test_each_setting_comes_from_the_file_and_from_the_environment(config, name, toml, text, value):
    environment = config(f"{name} = {toml}")
    del environment["ARCHIVER_HOME"]
    assert getattr(settings.load(environment), name) == value
    assert getattr(settings.load(config("") | {f"ARCHIVER_{name.upper()}": text}), name) == value


def test_a_tilde_is_the_users_home(config, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert settings.load(config("", ARCHIVER_HOME="~/archive")).home == tmp_path / "archive"
    (tmp_path / "mine.toml").write_text("max_redirects = 3")
    assert settings.load({"ARCHIVER_CONFIG": "~/mine.toml", "ARCHIVER_HOME": "/x"}).max_redirects == 3


def test_a_file_with_a_byte_order_mark_is_read(config):
    assert settings.load(config("\ufefftimeout_seconds = 60")).timeout_seconds == 60


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("timeout_seconds = 0", "a number above 0"),
        ("timeout_seconds = -1", "a number above 0"),
        ("timeout_seconds = nan", "a number above 0"),
        ("timeout_seconds = inf", "a number above 0"),
        ("timeout_seconds = true", "a number above 0"),
        ('timeout_seconds = "soon"', "a number above 0"),
        ("timeout_seconds = 2026-01-01", "a number above 0"),
        ("timeout_seconds = [1]", "a number above 0"),
        ("max_bytes = 1.5", "a whole number above 0"),
        ('max_bytes = "20M"', "a whole number above 0"),
        ("max_bytes = 0", "a whole number above 0"),
        ("max_redirects = false", "a whole number above 0"),
        ("user_agent = 5", "one line of ASCII text"),
        ('user_agent = ""', "one line of ASCII text"),
        ('user_agent = "a\\r\\nCookie: b"', "one line of ASCII text"),
        ('user_agent = "Überbrowser"', "one line of ASCII text"),
        ("allow_private = 5", "a list of text"),
        ("allow_private = [5]", "a list of text"),
        ("rules_folder = 5", "a path"),
        ('background = "grey"', "one of auto, light, dark"),
        ("background = []", "one of auto, light, dark"),
        ("home = 5", "a path"),
        ('home = ""', "a path"),
        ('home = "a\\u0000b"', "a path"),
        ('home = "~nobody-of-this-name/x"', "a path"),
    ],
)
def test_a_value_that_cannot_be_names_file_setting_and_what_is_wanted(config, line, wanted):
    environment = config(line)
    del environment["ARCHIVER_HOME"]
    error = refusal(environment)
    assert f"is not {wanted}" in error.reason
    assert error.subject == f"{environment['ARCHIVER_CONFIG']}: {line.split(' ')[0]}"


def test_a_wrong_variable_is_named(config):
    error = refusal(config("", ARCHIVER_MAX_BYTES="much"))
    assert error.subject == "ARCHIVER_MAX_BYTES"
    assert "'much'" in error.reason


def test_a_long_value_is_not_repeated_in_full(config):
    assert len(str(refusal(config("", ARCHIVER_MAX_BYTES="9x" * 5000)))) < 300


def test_an_unknown_setting_names_the_known_ones(config):
    error = refusal(config("colour = 1"))
    assert "'colour'" in error.reason
    assert "timeout_seconds" in error.remedy


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("= 1", "not valid TOML"),
        ("a = 1\na = 2", "not valid TOML"),
        (b"\xff\xfe", "not UTF-8"),
        ("home = " + "[" * 5000, "not valid TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_refused(config, content, reason):
    assert reason in refusal(config(content)).reason


def test_a_named_file_must_exist(tmp_path):
    error = refusal({"ARCHIVER_CONFIG": str(tmp_path / "none.toml")})
    assert error.reason == "no such config file"
    assert "ARCHIVER_CONFIG" in error.remedy


def test_a_folder_is_no_config_file(tmp_path):
    assert "cannot be read" in refusal({"ARCHIVER_CONFIG": str(tmp_path)}).reason


@hypothesis_settings(deadline=None)
@given(
    st.sampled_from([field.name for field in dataclasses.fields(Settings)]), st.text(st.characters(exclude_categories=["Cs"]))
)
def test_any_variable_is_a_setting_or_our_error(name, value):
    environment = {"ARCHIVER_HOME": "/srv/archive", f"ARCHIVER_{name.upper()}": value}
    try:
        loaded = settings.load(environment)
    except InvalidInput:
        return
    assert isinstance(loaded, Settings)
