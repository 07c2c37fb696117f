"""What the documents show is what happens: sessions are run in order, every other command has options that there are."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys

import click
import pytest

from archiver.cli.main import cli, main
from tests.support.documents import DOCUMENTS, ROOT, SITE, blocks, command_lines, commands_of, fill, web
from tests.support.terminal import on_terminal, unstyled

BEGIN_WITH_NOTHING = {"research-corpus.md", "tutorial.md"}
DONE = (0, 3)
"""Exit codes: done, and done but for some."""
NEEDS_A_SHELL = re.compile(r"[|<>;&$~*`]")
NOT_FOR_A_SHELL = {"crontab", "ini"}


def sessions(text):
    return [block for block in blocks(text) if block.language == "console" and block.not_run is None]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled") / "archive"
    fill(folder)
    return folder


@pytest.fixture
def stage(tmp_path):
    """The environment of a reader, whose home has some files in it and whose web is ours."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "archiver"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m archiver "$@"\n')
    program.chmod(0o755)
    (tmp_path / "config.toml").write_text("")
    for file in (ROOT / "tests" / "fixtures" / "documents").iterdir():
        shutil.copy(file, tmp_path)
    (tmp_path / "rules").mkdir()
    shutil.copy(ROOT / "tests/fixtures/site_rules/documented/quay-gazette.example.toml", tmp_path / "rules")
    shutil.copy(ROOT / "tests/fixtures/site_rules/documented/page.html", tmp_path / "saved.html")
    with web() as server:
        yield {
            "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(sys.path), "ARCHIVER_HOME": str(tmp_path / "archive"),
            "ARCHIVER_CONFIG": str(tmp_path / "config.toml"), "ARCHIVER_PACE_SECONDS": "0.001",
            "ARCHIVER_PROXY": server.url(""), "ARCHIVER_RULES_FOLDER": str(tmp_path / "rules"),
        }  # fmt: skip


@pytest.fixture
def run(stage, capfd, monkeypatch):
    """run(step) gives what the command of a step prints on a terminal; "" where the document shows nothing of it."""

    def typed(step):
        command = step.command.replace("https://example.org", SITE)  # a loopback proxy can look into this
        if not step.shown and command.startswith("archiver ") and not NEEDS_A_SHELL.search(command):
            assert in_process(shlex.split(command, comments=True)[1:]) in DONE, f"{command}\n{capfd.readouterr()}"
            return ""
        printed, _, code = unstyled(on_terminal(*in_a_shell(command))).rpartition("=")
        assert int(code) in DONE, f"{command}\n{printed}"
        printed = printed.replace(SITE, "https://example.org").replace(stage["HOME"], "/home/me").strip("\n")
        return "\n".join(line.rstrip() for line in printed.splitlines()) if step.shown else ""

    def in_a_shell(command):
        return ["/bin/sh", "-c", f"cd; {{ {command}\n}} < /dev/null; echo =$?"], stage

    def in_process(words):
        with monkeypatch.context() as patch:
            for name, value in stage.items():
                patch.setenv(name, value)
            patch.chdir(stage["HOME"])
            patch.setattr(sys, "stdin", io.StringIO())
            with pytest.raises(SystemExit) as ended:
                main(words)
        return ended.value.code

    return typed


@pytest.mark.parametrize(
    "document", [path for path in DOCUMENTS if sessions(path.read_text("utf-8"))], ids=lambda path: path.name
)
def test_sessions_print_what_they_show(document, run, tmp_path, filled, bless):
    if document.name not in BEGIN_WITH_NOTHING:
        shutil.copytree(filled, tmp_path / "archive")
    text = document.read_text(encoding="utf-8")
    moved = 0
    for block in sessions(text):
        printed = ""
        for step in block.steps():
            output = run(step)
            printed += f"$ {step.command}\n" + (f"{output}\n\n" if step.shown else "")
        printed = printed.rstrip("\n") + "\n"
        if bless:
            start = block.start + moved
            text = text[:start] + printed + text[start + len(block.text) :]
            moved += len(printed) - len(block.text)
        else:
            assert undated(printed) == undated(block.text)
    if bless:
        document.write_text(text, encoding="utf-8")
        pytest.skip("blessed; review the difference before committing it")


def undated(printed):
    """Without what differs from run to run: days of fetching, sizes, and the blank lines that part commands."""
    printed = re.sub(r"((?:fetched|urldate|accessed|archived)\D{1,9})[\d:TZ-]+", r"\1DAY", printed)
    return re.sub(r"\n\n(?=\$ )", "\n", printed)


def documented():
    for path in [ROOT / "README.md", *DOCUMENTS]:
        if path.name == "commands.md":
            continue  # what --help prints; its examples are looked at below
        for block in blocks(path.read_text(encoding="utf-8")):
            for words in command_lines(block):
                yield pytest.param(words, id=f"{path.name}: {shlex.join(words)}")


def in_help(command=cli, name=""):
    """The examples of every help text."""
    for line in (command.help or "").partition("Examples:")[2].partition("Exit codes:")[0].splitlines():
        for words in commands_of(line):
            yield pytest.param(words, id=f"help of {name or 'archiver'}: {shlex.join(words)}")
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            yield from in_help(command.get_command(context, inner), f"{name} {inner}".strip())


@pytest.mark.parametrize("words", [*documented(), *in_help()])
def test_every_command_and_option_is_one(words):
    parse(cli, words, None)


def parse(command, words, parent):
    """Reads the words as the command would, down to its subcommand, without doing anything."""
    context = click.Context(command, info_name=command.name, parent=parent, **command.context_settings)  # click caches `--help`
    if isinstance(command, click.Group):
        context.allow_interspersed_args = False
    chosen, rest, _ = command.make_parser(context).parse_args(args=list(words))
    for parameter in command.params:
        value = chosen.get(parameter.name)
        if isinstance(parameter.type, click.Choice | click.types._NumberRangeBase) and isinstance(value, str):
            parameter.type.convert(value, parameter, context)
    if isinstance(command, click.Group) and rest:
        inner = command.get_command(context, rest[0])
        assert inner is not None, f"no command {rest[0]}"
        parse(inner, rest[1:], context)


@pytest.mark.parametrize("words", [["fly"], ["list", "--wings"], ["list", "--limit", "few"], ["feed", "list", "--wings"]])
def test_what_is_no_command_is_noticed(words):
    with pytest.raises((AssertionError, click.UsageError)):
        parse(cli, words, None)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_block_with_a_command_is_a_session_or_says_why_not(document):
    if document.name == "commands.md":
        pytest.skip("what --help prints; its examples are looked at where they stand")
    for block in blocks(document.read_text(encoding="utf-8")):
        if block.language not in NOT_FOR_A_SHELL and command_lines(block):
            assert block.language == "console", block.text
            assert block.steps(), block.text
