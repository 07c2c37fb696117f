"""`archiver config`: what is set, where it comes from, and changing it without losing what else the file says."""

from __future__ import annotations

import json
import sys
import tomllib

import pytest


@pytest.fixture
def config(tmp_path):
    """The config file of `archiver`."""
    return tmp_path / "config.toml"


def test_every_setting_is_listed_with_its_origin(archiver, archive, config, monkeypatch):
    config.write_text("timeout_seconds = 60\nidle_seconds = 5\n")
    monkeypatch.setenv("ARCHIVER_IDLE_SECONDS", "7")
    told = json.loads(archiver("config", "list", "--json").out)
    assert told["timeout_seconds"] == {"value": 60, "origin": str(config)}
    assert told["idle_seconds"] == {"value": 7, "origin": "environment"}
    assert told["max_redirects"] == {"value": 10, "origin": "default"}
    assert told["home"] == {"value": str(archive), "origin": "--archive"}
    lines = archiver("config", "list").out.splitlines()
    assert len(lines) == len(told)
    assert f"timeout_seconds\t60\t{config}" in lines


def test_get_prints_the_value_alone(archiver, config):
    config.write_text('allow_private = ["a.example", "10.0.0.0/8"]')
    assert archiver("config", "get", "allow_private").out == "a.example,10.0.0.0/8\n"
    assert archiver("config", "get", "pace_seconds").out == ""


@pytest.fixture
def secrets(config):
    """A config file with passwords."""
    config.write_text(
        'proxy = "http://me:hunter2@proxy.example:3128"\n'
        'headers = ["journal.example Authorization: Bearer hunter2", "b.example X-Key: a, hunter2"]\n'
    )


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_passwords_are_not_listed(archiver, secrets, form):
    ran = archiver("config", "list", *form)
    assert ran.code == 0, ran.err
    assert "hunter2" not in ran.out
    assert "http://***@proxy.example:3128" in ran.out
    assert "journal.example Authorization: ***" in ran.out


def test_get_prints_passwords_as_the_setting_takes_them(archiver, secrets, config):
    assert archiver("config", "get", "proxy").out == "http://me:hunter2@proxy.example:3128\n"
    printed = archiver("config", "get", "headers").out
    assert printed == "journal.example Authorization: Bearer hunter2\nb.example X-Key: a, hunter2\n"
    config.write_text("")
    assert archiver("config", "set", "headers", printed).code == 0
    assert archiver("config", "get", "headers").out == printed


@pytest.mark.parametrize("action", [("get", "timeout_second"), ("set", "timeout_second", "3")])
def test_an_unknown_setting_is_refused_with_the_nearest(archiver, action):
    ran = archiver("config", *action)
    assert ran.code == 2
    assert "did you mean timeout_seconds?" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("timeout_seconds", "60", 60),
        ("pace_seconds", "0.5", 0.5),
        ("max_bytes", "1000", 1000),
        ("user_agent", 'me "and" mine', 'me "and" mine'),
        ("home", "~/kept", "~/kept"),
        ("allow_private", "a.example, b.example", ["a.example", "b.example"]),
    ],
)
def test_what_is_set_stands_in_the_file_and_counts(archiver, config, name, text, value):
    assert archiver("config", "set", name, text).code == 0
    assert tomllib.loads(config.read_text()) == {name: value}
    assert archiver("config", "list").code == 0


def test_comments_and_other_settings_stay(archiver, config):
    config.write_text("# mine\ntimeout_seconds = 60 # slow line\n\n# pace\npace_seconds = 2\n")
    assert archiver("config", "set", "timeout_seconds", "90").code == 0
    assert config.read_text() == "# mine\ntimeout_seconds = 90 # slow line\n\n# pace\npace_seconds = 2\n"
    assert archiver("config", "unset", "timeout_seconds").code == 0
    assert "timeout" not in config.read_text()
    assert "# pace\npace_seconds = 2\n" in config.read_text()


def test_what_cannot_be_is_not_written(archiver, config):
    config.write_text("timeout_seconds = 60\n")
    ran = archiver("config", "set", "timeout_seconds", "soon")
    assert (ran.code, config.read_text()) == (2, "timeout_seconds = 60\n")
    assert ran.err.startswith("archiver: timeout_seconds: 'soon' is not a number")


def test_a_file_that_is_not_toml_is_named_and_left_alone(archiver, config):
    config.write_text("timeout_seconds = = 3")
    for action in (("set", "max_redirects", "3"), ("unset", "max_redirects"), ("list",)):
        ran = archiver("config", *action)
        assert ran.code == 2
        assert str(config) in ran.err
        assert "Traceback" not in ran.err
    assert config.read_text() == "timeout_seconds = = 3"
    assert archiver("config", "path").out == f"{config}\n"


def test_unset_of_what_is_not_there_writes_nothing(archiver, config):
    config.unlink()
    assert archiver("config", "unset", "max_bytes").code == 0
    assert not config.exists()


def test_the_environment_that_outranks_the_file_is_named(archiver, monkeypatch):
    monkeypatch.setenv("ARCHIVER_MAX_BYTES", "5")
    assert "ARCHIVER_MAX_BYTES is set" in archiver("config", "set", "max_bytes", "7").err


def test_a_folder_that_cannot_be_made_is_one_line(archiver, config, monkeypatch):
    config.write_text("")
    monkeypatch.setenv("ARCHIVER_CONFIG", str(config / "config.toml"))
    ran = archiver("config", "set", "max_bytes", "7")
    assert ran.code == 1
    assert str(config) in ran.err
    assert ran.err.count("\n") == 1


def test_edit_opens_the_file_and_checks_what_was_saved(archiver, config, monkeypatch, tmp_path):
    editor = tmp_path / "editor.py"
    editor.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('max_redirects = 0')\n")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {editor}")
    config.unlink()
    ran = archiver("config", "edit")
    assert ran.code == 2
    assert "max_redirects" in ran.err
    assert config.read_text() == "max_redirects = 0"


def test_a_file_that_cannot_be_written_is_one_line_like_any_other(archiver, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "file" / "config.toml"))
    ran = archiver("config", "set", "timeout_seconds", "20")
    assert ran.code == 1
    assert ran.err.startswith(f"archiver: {tmp_path / 'file' / 'config.toml'}: cannot be")
