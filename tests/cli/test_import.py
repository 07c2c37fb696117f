"""`archiver export --format archive` and `archiver import`."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Archiver, Ran


@pytest.fixture
def packed(filled, tmp_path):
    """The archive of `filled`, with remarks, as a tar file."""
    article_id = filled("list", "--format", "ids").out.split()[0]
    filled("tag", article_id, "coast")
    filled("note", article_id, "Mine.")
    path = tmp_path / "out.tar"
    assert filled("export", "--format", "archive", "--output", path).code == 0
    return path


@pytest.fixture
def elsewhere(archiver: Archiver, tmp_path):
    """elsewhere("list") runs the program on another archive, which is empty at first."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        return archiver("--archive", tmp_path / "elsewhere", *arguments, stdin=stdin)

    return run


def tree(root):
    kept = ("articles", "versions", "captures", "remarks", "aliases", "feeds.opml")
    found = [path for path in root.rglob("*") if path.is_file() and path.relative_to(root).parts[0] in kept]
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def test_all_files_come_along_as_they_are(filled, packed, elsewhere, archive, tmp_path):
    ran = elsewhere("import", packed)
    assert (ran.code, ran.err) == (0, "2 new\n")
    assert tree(tmp_path / "elsewhere") == tree(archive)
    assert [row["note"] for row in json.loads(elsewhere("list", "--tag", "coast", "--json").out)] == ["Mine."]


def test_importing_twice_changes_nothing(packed, elsewhere, tmp_path):
    elsewhere("import", packed)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "elsewhere").rglob("*.json")}
    assert elsewhere("import", packed).err == "2 unchanged\n"
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "elsewhere").rglob("*.json")} == before


def test_what_was_imported_exports_to_the_same_bytes(packed, elsewhere, tmp_path):
    elsewhere("import", packed)
    again = tmp_path / "again.tar"
    assert elsewhere("export", "--format", "archive", "--output", again).code == 0
    assert again.read_bytes() == packed.read_bytes()


def test_a_folder_is_an_archive(filled, elsewhere, archive, tmp_path):
    assert filled("export", "--format", "archive", "--output", f"{tmp_path}/copy/").code == 0
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "copy", check=False)
    assert checked.returncode == 0
    assert elsewhere("import", tmp_path / "copy").code == 0
    assert tree(tmp_path / "elsewhere") == tree(archive)


def test_a_folder_that_was_damaged_on_its_way_is_named_and_the_rest_is_taken(filled, elsewhere, tmp_path):
    copy = tmp_path / "copy"
    filled("export", "--format", "archive", "--output", f"{copy}/")
    assert filled("--archive", copy, "check").out == ""
    damaged, gone = sorted(copy.glob("articles/*/*.json"))
    damaged.write_bytes(damaged.read_bytes().replace(b"a ", b"o "))
    gone.unlink()
    ran = elsewhere("import", copy)
    assert ran.code == 3
    assert f"{damaged}: is not what SHA256SUMS says" in ran.err
    assert f"{gone.relative_to(copy)}: is missing" in ran.err
    assert not list((tmp_path / "elsewhere").glob("articles/*/*.json"))


def test_from_standard_input(packed, elsewhere):
    assert elsewhere("import", "-", stdin=packed.read_bytes()).code == 0
    assert len(elsewhere("list", "--format", "ids").out.split()) == 2


def test_dry_run_makes_nothing(packed, elsewhere, tmp_path):
    ran = elsewhere("import", packed, "--dry-run")
    assert (ran.code, ran.err) == (0, "would be: 2 new\n")
    assert not (tmp_path / "elsewhere").exists()


def test_a_selection_alone(filled, elsewhere, site, tmp_path):
    path = tmp_path / "one.tar"
    assert filled("export", site.url("/harbour"), "--format", "archive", "--output", path).code == 0
    assert elsewhere("import", path).err == "1 new\n"


def test_feeds_come_along_when_asked(filled, elsewhere, archive, tmp_path):
    (archive / "feeds.opml").write_bytes(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head/><body>'
        b'<outline type="rss" text="Coast" xmlUrl="https://example.org/feed"/></body></opml>\n'
    )
    path = tmp_path / "feeds.tar"
    assert filled("export", "--format", "archive", "--feeds", "--output", path).code == 0
    assert "--feeds" in elsewhere("import", path).err
    assert not (tmp_path / "elsewhere" / "feeds.opml").exists()
    assert elsewhere("import", path, "--feeds").err == "2 unchanged, 1 feed followed\n"
    assert elsewhere("import", path, "--feeds").err == "2 unchanged, 0 feeds followed\n"
    assert tree(tmp_path / "elsewhere") == tree(archive)


def test_of_two_records_the_newer_stays_and_the_other_is_a_version(filled, packed, elsewhere, site, archive, tmp_path):
    elsewhere("fetch", site.url("/harbour"))
    (record,) = (tmp_path / "elsewhere").glob("articles/*/*.json")
    document = json.loads(record.read_bytes())
    document["title"] = "Another title"
    document["capture"]["fetched_at"] = "2031-01-01T00:00:00Z"
    record.write_text(json.dumps(document), encoding="utf-8")
    assert elsewhere("import", packed).err == "1 new, 1 joined\n"
    assert json.loads(record.read_bytes())["title"] == "Another title"
    article_id = document["id"]
    (version,) = (tmp_path / "elsewhere" / "versions" / article_id).glob("*.json")
    taken = json.loads(version.read_bytes())["capture"]["warc"]  # both were fetched in one second, or not
    assert (tmp_path / "elsewhere" / taken).read_bytes() != (tmp_path / "elsewhere" / document["capture"]["warc"]).read_bytes()
    theirs = next(archive.glob(f"articles/*/*{article_id}.json"))
    assert version.read_bytes().replace(b"Z-1.warc.gz", b"Z.warc.gz") == theirs.read_bytes()
    assert elsewhere("import", packed).err == "2 unchanged\n"


def made(*members):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            if content is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            else:
                info.size = len(content)
            tar.addfile(info, io.BytesIO(content or b""))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("../outside.json", b"{}", "lead out"),
        ("/etc/cron.d/x", b"{}", "lead out"),
        ("articles\\..\\x", b"{}", "lead out"),
        ("articles/a/C:x.json", b"{}", "lead out"),
        ("articles/example.org/x-0123456789abcdef.json", None, "no plain file"),
        ("articles/example.org/x-0123456789abcdef.json", b"{}", "SHA256SUMS"),
    ],
)
def test_tricks_are_refused(elsewhere, tmp_path, name, content, said):
    path = tmp_path / "trick.tar"
    path.write_bytes(made((name, content)))
    ran = elsewhere("import", path)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not list((tmp_path / "elsewhere").rglob("*.json"))


def test_a_name_that_stands_twice_is_refused(elsewhere, tmp_path):
    path = tmp_path / "trick.tar"
    path.write_bytes(made(("articles/a/1.json", b"{}"), ("articles/a/1.json", b"[]")))
    assert "twice" in elsewhere("import", path).err


@pytest.mark.parametrize("change", ["cut", "flip"])
def test_a_damaged_file_is_refused_whole(packed, elsewhere, tmp_path, change):
    content = packed.read_bytes()
    at = content.index(b"How the Old Harbour")
    packed.write_bytes(content[: len(content) // 2] if change == "cut" else content[:at] + b"?" + content[at + 1 :])
    ran = elsewhere("import", packed)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert not list((tmp_path / "elsewhere").rglob("*.json"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x1f\x8b\x08", "unpack"),
        (b"PK\x03\x04", "that is damaged"),
        (b"hello", "neither an archive nor a list of pages"),
    ],
)
def test_other_files_are_named(elsewhere, tmp_path, content, said):
    path = tmp_path / "other"
    path.write_bytes(content)
    ran = elsewhere("import", path)
    assert (ran.code, said in ran.err) == (2, True)
    assert elsewhere("import", tmp_path / "none").code == 2
    assert elsewhere("import", tmp_path).code == 2


def test_an_article_that_cannot_be_read_is_named_and_the_others_come(filled, elsewhere, archive, tmp_path):
    first = next(archive.glob("articles/*/*.json"))
    first.write_text("half", encoding="utf-8")
    ran = elsewhere("import", archive)
    assert ran.code == 3
    assert first.name in ran.err
    assert len(elsewhere("list", "--format", "ids").out.split()) == 1


def test_a_missing_capture_is_said_and_the_article_comes(filled, elsewhere, archive):
    next(archive.glob("captures/*/*/*")).unlink()
    ran = elsewhere("import", archive)
    assert ran.code == 3
    assert "is missing" in ran.err
    assert len(elsewhere("list", "--format", "ids").out.split()) == 2


def test_a_link_in_a_folder_is_not_followed(filled, elsewhere, archive, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    next(archive.glob("captures/*/*/*")).unlink()
    record = next(archive.glob("articles/*/*.json"))
    target = archive / json.loads(record.read_bytes())["capture"]["warc"]
    target.unlink(missing_ok=True)
    target.symlink_to(secret)
    assert elsewhere("import", archive).code == 3
    assert not [path for path in (tmp_path / "elsewhere").rglob("*") if path.is_file() and b"secret" in path.read_bytes()]


# -- lists of pages


@pytest.fixture
def listed(site, tmp_path):
    """An export of Pocket with two pages of `site`, one that is not there, and one without an address."""
    path = tmp_path / "pocket.csv"
    path.write_text(
        "title,url,time_added,tags,status\n"
        f"Harbour,{site.url('/harbour')},1614834367,sea|tides,archive\n"
        f"Lighthouse,{site.url('/lighthouse')},,,unread\n"
        f"Gone,{site.url('/gone')},,coast,unread\n"
        "Nothing,,,,unread\n"
    )
    return path


def test_a_list_is_fetched_and_what_cannot_be_had_is_reported(archiver, listed, site):
    ran = archiver("import", listed)
    assert ran.code == 3
    assert "line 5: has no address" in ran.err
    assert "Pocket: 3 to be fetched" in ran.err
    assert len(ran.out.splitlines()) == 2
    rows = json.loads(archiver("list", "--tag", "tides", "--json").out)
    assert [(row["read"], row["added_at"]) for row in rows] == [(True, "2021-03-04T05:06:07Z")]
    (waiting,) = json.loads(archiver("queue", "list", "--failed", "--json").out)
    assert (waiting["url"], waiting["attempts"]) == (site.url("/gone"), 1)
    assert "404" in waiting["failed"]


def test_a_list_can_be_left_to_sync(archiver, listed, site):
    ran = archiver("import", "--queue", listed)
    assert (ran.out, len(site.requests)) == ("", 0)
    assert len(archiver("queue", "list").out.splitlines()) == 3
    assert archiver("queue", "remove", site.url("/gone")).code == 0
    assert archiver("queue", "remove", site.url("/gone")).code == 4
    assert archiver("sync").code == 0
    assert len(archiver("list", "--format", "ids").out.split()) == 2
    assert archiver("queue", "list", "--json").out == "[]\n"


def test_a_list_from_standard_input(archiver, site):
    ran = archiver("import", "-", stdin=f"{site.url('/harbour')}\n".encode())
    assert ran.code == 0
    assert len(archiver("list", "--format", "ids").out.split()) == 1


def test_what_would_be_taken_is_said_and_nothing_changes(archiver, archive, listed, site):
    ran = archiver("import", "--dry-run", listed)
    assert "would be: Pocket: 3 to be fetched, 0 in the archive already" in ran.err
    assert site.requests == []
    assert not (archive / "queue.jsonl").exists()


def test_queue_run_asks_again_only_when_told(archiver, listed, site):
    archiver("import", listed)
    asked = len(site.requests)
    assert archiver("queue", "run").code == 0
    assert len(site.requests) == asked
    assert archiver("queue", "run", "--again").code == 1
    assert len(site.requests) > asked


@pytest.mark.parametrize("option", ["--feeds", "--queue"])
def test_options_that_do_not_go_with_it_are_refused(archiver, listed, packed, option):
    assert archiver("import", option, listed if option == "--feeds" else packed).code == 2


@pytest.mark.parametrize(("lines", "told"), [(1, "1 line is no page"), (2, "2 lines are no pages")])
def test_lines_of_the_queue_that_are_no_pages_are_told_and_stay(archiver, archive, lines, told):
    archive.mkdir()
    queue = archive / "queue.jsonl"
    queue.write_text('{"url": "https://a.example/"}\n' + "not JSON\n" * lines)
    ran = archiver("queue", "list", "--json")
    assert [page["url"] for page in json.loads(ran.out)] == ["https://a.example/"]
    assert f"{queue}: {told}" in ran.err
    assert archiver("queue", "remove", "https://a.example/").code == 0
    assert queue.read_text() == "not JSON\n" * lines


def test_working_off_no_queue_makes_no_archive(archiver, archive):
    assert archiver("queue", "run").code == 0
    assert not archive.exists()
