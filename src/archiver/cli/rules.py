"""`archiver rules`: list, check, test."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver import urls
from archiver.cli.options import timeout_option
from archiver.cli.rule_trials import print_trials
from archiver.cli.targets import one_page
from archiver.cli.terminal import counted, error_line, message_line, safe_line, safe_text
from archiver.errors import ArchiverError, InvalidInput, RuleFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.capture import SavedPage
    from archiver.cli.run import Run
    from archiver.settings import Settings
    from archiver.tasks.site_rules import RuleFile
    from archiver.tasks.try_rule import TrialOfFile

BAD = 2
SOME_FAILED = 3
FAILED = 1


@click.group("rules")
def command() -> None:
    """List, check and test site rules.

    A site rule says where the pages of one site have their title, authors, dates or body, in one small file. Yours are in the
    folder `rules` beside config.toml, or where the setting rules_folder says; docs/site-rules.md describes them.

    \b
    Examples:
      archiver rules list
      archiver rules check
      archiver rules test example.org

    \b
    Exit codes:
      0 done    1 a rule does not find what it should    2 a rule that cannot be used, or usage    3 some failed
    """


@command.command("list", short_help="List the site rules there are.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.pass_obj
def list_(run: Run, *, as_json: bool) -> int:
    """List the site rules there are: host, fields, format, owner and file.

    A host that begins with a dot stands for the hosts below it. The owner is "yours" or "package"; of two rules for one host,
    the first counts. Piped, the columns are parted by tabs.

    \b
    Examples:
      archiver rules list
      archiver rules list --json

    \b
    Exit codes:
      0 done, or nothing to list    2 usage
    """
    rows = [row for file in run.rules.files() for row in _rows(file)]
    if as_json:
        click.echo(safe_text(json.dumps(rows, ensure_ascii=False, indent=2)))
    elif not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(safe_line(str(cell)) for cell in row.values()))
    elif rows:
        from archiver.cli import views

        views.print_rules(rows)
    else:
        folders = " and ".join(str(folder) for folder in run.rules.folders)
        click.echo(f"No site rules in {folders}; docs/site-rules.md tells how to write one.", err=True)
    return 0


@command.command("check", short_help="Say what is wrong with site rules.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.pass_obj
def check(run: Run, files: tuple[Path, ...]) -> int:
    """Check site rules: all, or those in the files named.

    One line is printed for each problem: file, line, key, what is wrong, and what to do. What is known but has no meaning
    here is named as ignored, and is no error.

    \b
    Examples:
      archiver rules check
      archiver rules check ~/.config/archiver/rules/example.org.toml

    \b
    Exit codes:
      0 all can be used    2 some cannot, or not in full
    """
    from archiver.tasks.site_rules import FORMATS, located
    from archiver.tasks.site_rules import read_file as read_rule

    if strange := next((path for path in files if path.suffix not in FORMATS), None):
        endings = " or ".join(FORMATS)
        raise InvalidInput("is no site rule", subject=str(strange), remedy=f"its name has to end in {endings}")
    checked = [read_rule(path) for path in files] if files else list(run.rules.files())
    for file in checked:
        for problem in file.parsed.problems:
            shown = problem._replace(key=f"ignored: {problem.key}") if problem.ignored else problem
            click.echo(safe_line(located(file.path, shown)))
    bad = sum(bool(file.parsed.errors) for file in checked)
    message_line(f"{counted(len(checked), 'site rule')} checked, {bad or 'none'} with errors")
    return BAD if bad else 0


@command.command("test", short_help="Show what site rules find on their examples.")
@click.argument("target", required=False, metavar="[HOST|FILE]")
@click.option("--page", "saved", metavar="FILE", help="Test on a saved page instead of the rule's examples.")
@click.option("--url", "address", metavar="URL", help="The address that the saved page has.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@timeout_option()
@click.pass_obj
def test(
    run: Run, target: str | None, saved: str | None, address: str | None, *, as_json: bool, timeout_seconds: float | None
) -> int:
    """Test site rules on their examples: all, the one for HOST, or the one in FILE.

    The page of an example is taken from the archive, where it is archived, and is fetched else. For each field is shown what
    the rule found, and for each selector how often it matched. A field fails whose selectors all match nothing, or nothing
    that can be used, or that lacks what the example expects.

    \b
    Examples:
      archiver rules test example.org
      archiver rules test my-rule/example.org.toml --page saved.html --url https://example.org/a-story

    \b
    Exit codes:
      0 all found    1 failed    2 no such rule, or nothing to test it on    3 some failed
    """
    from archiver.tasks.try_rule import demand_rule, find_file, try_saved

    if saved is None and address is not None:
        raise InvalidInput("goes with --page", subject="--url", remedy="leave it out, or name a saved page")
    page = _saved_page(saved, address, run.settings) if saved is not None else None
    if target is None and page is None:
        files = [file for file in run.rules.files() if file.parsed.rule is not None and file.parsed.rule.examples]
        if not files:
            raise InvalidInput("no site rule has an example", remedy="name a rule, and give it a page with --page")
    else:
        name = target or (page.url if page else None) or ""
        files = [find_file(run.rules, urls.host(name) or name)]
    trials: list[TrialOfFile] = []
    codes: list[int] = []
    for file in files:
        demand_rule(file)
        if page is not None and saved is not None:
            trials.append(try_saved(file, page, saved))
        else:
            trials += _on_examples(run, file, timeout_seconds, codes)
    codes += [FAILED if one.trial.failed else 0 for one in trials]
    print_trials(trials, as_json=as_json)
    failed = sum(map(bool, codes))
    if failed and failed == len(codes) == 1 and trials:
        raise RuleFailed("the site rule does not find what it should", subject=str(trials[0].file.path))
    if failed:
        message_line(f"{failed} of {counted(len(codes), 'page')} failed")
    return 0 if not failed else FAILED if failed == len(codes) else SOME_FAILED


def _on_examples(run: Run, file: RuleFile, timeout_seconds: float | None, codes: list[int]) -> Iterator[TrialOfFile]:
    from archiver.tasks.try_rule import try_example

    rule = file.parsed.rule
    assert rule is not None
    if not rule.examples:
        raise InvalidInput("the site rule has no example", subject=str(file.path), remedy="add one, or give a page with --page")
    settings = run.settings
    if timeout_seconds is not None:
        settings = dataclasses.replace(settings, timeout_seconds=timeout_seconds)
    store = run.store()
    for example in rule.examples:
        try:
            yield try_example(file, example, store, settings)
        except ArchiverError as error:
            error_line(str(error))
            codes.append(error.exit_code)


def _saved_page(saved: str, address: str | None, settings: Settings) -> SavedPage:
    from archiver.capture import as_saved

    page = one_page(saved if "/" in saved else f"./{saved}", address, settings)
    if page is None:
        raise InvalidInput("no such file", subject=saved, remedy="give a saved page")
    return as_saved(page)


def _rows(file: RuleFile) -> Iterator[dict[str, object]]:
    rule, parsed = file.parsed.rule, file.parsed
    fields = [*rule.fields, *(["strip"] if rule.strip else [])] if rule else []
    for host in parsed.hosts or [None]:
        yield {
            "host": "" if host is None else host.name if host.itself else f".{host.name}",
            "fields": ", ".join(fields) if rule else f"cannot be used: {parsed.errors[0].reason}",
            "format": file.kind,
            "owner": file.owner,
            "file": str(file.path),
        }
