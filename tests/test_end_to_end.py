"""The installed program, against a real server on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.articles import article_page
from tests.support.pages import PAGES
from tests.support.servers import Connection, Response, serve, serve_raw
from tests.support.terminal import on_terminal, unstyled

PROGRAM = Path(sys.executable).with_name("archiver")


@pytest.fixture
def environment(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {"ARCHIVER_HOME": str(tmp_path / "archive"), "ARCHIVER_CONFIG": str(_empty(tmp_path)), "HOME": str(tmp_path)}


def _empty(folder: Path) -> Path:
    file = folder / "config.toml"
    file.write_text("")
    return file


@pytest.fixture
def run(environment):
    def run(*arguments, **changes):
        return subprocess.run(
            [PROGRAM, *arguments],
            env=environment | changes,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


def test_a_page_is_fetched_listed_found_shown_and_removed(run):
    page = (PAGES / "founding-plain" / "page.html").read_bytes()
    with serve({"/news/117854.html": Response(page)}) as site:
        fetched = run("fetch", site.url("/news/117854.html"))
    assert (fetched.returncode, fetched.stderr) == (0, "")
    article_id = fetched.stdout.split("\t")[0]
    [row] = json.loads(run("list", "--json").stdout)
    assert row["id"] == article_id
    assert (row["published"], row["modified"], row["byline"]) == ("2017-03-18", "2018-08-08", "Traci Pedersen")
    assert run("search", "glutamate", "--format", "ids").stdout.split() == [article_id]
    assert "Source: Icahn School of Medicine at Mount Sinai" in run("show", article_id, "--format", "terminal").stdout
    assert run("remove", article_id, "--yes").returncode == 0
    assert run("list", "--json").stdout == "[]\n"


def test_it_runs_as_a_module(environment):
    ran = subprocess.run(
        [sys.executable, "-m", "archiver", "--version"], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("archiver ")


def test_a_reader_that_goes_away_is_no_error(run, environment, tmp_path):
    with serve({f"/{number}": Response(article_page(f"Story {number}")) for number in range(5)}) as site:
        run("fetch", *(site.url(f"/{number}") for number in range(5)))
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        ran = subprocess.run(
            [PROGRAM, "list", "--json"], env=environment, stdout=pipe, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode == 0
    assert ran.stderr == ""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_output_encoding_will_do(run, environment, encoding):
    title = "東京 – Ärger"
    with serve({"/a": Response(article_page(title))}) as site:
        assert run("fetch", site.url("/a")).returncode == 0
    ran = subprocess.run(
        [PROGRAM, "list", "--json"], env=environment | {"PYTHONIOENCODING": encoding}, capture_output=True, check=False
    )
    assert ran.returncode == 0
    shown = (title.encode(encoding, "backslashreplace"), title.encode())  # click prints UTF-8 where ASCII is named
    assert any(form in ran.stdout for form in shown)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_ends_with_130_and_keeps_what_is_done(run, environment):
    def hang(connection: Connection) -> None:
        connection.read_request()
        connection.wait(20)

    with serve({"/a": Response(article_page())}) as site, serve_raw(hang) as silent:
        process = subprocess.Popen(
            [PROGRAM, "fetch", site.url("/a"), silent.url("/")],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        process.stdout.readline()
        deadline = time.monotonic() + 20
        while not silent.targets and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "interrupted: 1 new" in said
    assert "Traceback" not in said
    assert len(json.loads(run("list", "--json").stdout)) == 1


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_ends_a_run_that_waits_for_more_urls_and_what_came_was_archived(run, environment):
    with serve({"/a": Response(article_page())}) as site:
        process = subprocess.Popen(
            [PROGRAM, "fetch", "-"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{site.url('/a')}\n")
        process.stdin.flush()
        assert site.url("/a") in process.stdout.readline(), "it does not wait for the end of the list"
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.splitlines() == ["archiver: interrupted: 1 new; the rest was not fetched"]


def test_on_a_terminal_nothing_printed_acts(environment):
    hostile = "Red \x1b]0;owned\x07 \x1b[2J \x9b31m \u202e alert [bold] [/x] :smile:"
    with serve({"/a": Response(article_page(hostile))}) as site:
        url = site.url("/a")
        commands = (["fetch", url], ["list"], ["show", url], ["search", "harbour"])
        text = "".join(unstyled(on_terminal([str(PROGRAM), *arguments], environment)) for arguments in commands)
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert "owned" in text
    assert "[bold]" in text


def test_several_urls_show_their_progress_on_a_terminal(environment):
    with serve({f"/{number}": Response(article_page(f"Story {number}")) for number in range(3)}) as site:
        printed = on_terminal([str(PROGRAM), "fetch", *(site.url(f"/{number}") for number in range(3))], environment)
    assert "3/3" in printed
    assert "3 new" in printed
