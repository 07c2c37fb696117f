"""What the system around the archive may do: limits, locks of the dead, many at once, clocks that jump, vanishing disks."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

import archiver
from archiver.errors import StoreError
from archiver.store import Filters, Store, files
from archiver.store.indexing import contents
from tests.store.conftest import make_article, titles
from tests.support.archives import contents as content_of
from tests.support.archives import keep, kinds

resource = pytest.importorskip("resource", reason="limits of this kind are POSIX")

PYTHON_PATH = os.pathsep.join([str(Path.cwd()), str(Path(archiver.__file__).parents[1])])
ENVIRONMENT = os.environ | {"PYTHONPATH": PYTHON_PATH, "ARCHIVER_CONFIG": os.devnull}

LIMITED = """
import resource, sys
from pathlib import Path, PurePosixPath
from archiver.errors import StoreError
from archiver.store import Filters, Store
from tests.store.conftest import make_article
name, limit = sys.argv[2], int(sys.argv[3])
saved, refused = [], []
with Store.open(Path(sys.argv[1]), create=True) as store:
    store.save(make_article("https://example.org/before"))
    hard = resource.getrlimit(getattr(resource, name))[1]
    resource.setrlimit(getattr(resource, name), (limit, hard))
    try:
        store.save(make_article("https://example.org/large", text="word " * 40_000))
        saved.append("large")
    except StoreError as error:
        refused.append(str(error))
    resource.setrlimit(getattr(resource, name), (hard, hard))
    store.save(make_article("https://example.org/after"))
with Store.open(Path(sys.argv[1]), create=False) as store:
    urls = sorted(row.url.rpartition("/")[2] for row in store.rows(Filters()))
print(len(refused), *refused, urls == sorted(["before", "after", *saved]), sep="|")
"""


@pytest.mark.parametrize(("limit", "value"), [("RLIMIT_FSIZE", 100_000), ("RLIMIT_NOFILE", 3)])
def test_a_limit_of_the_system_is_one_line_and_costs_one_article(tmp_path, limit, value):
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "archive"), limit, str(value)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert ran.stderr == ""
    count, reason, whole = ran.stdout.strip().split("|")
    assert (count, whole) == ("1", "True")
    assert "File too large" in reason or "Too many open files" in reason


HOLDER = """
import sys, time
from pathlib import Path, PurePosixPath
from archiver.store import Store
with Store.open(Path(sys.argv[1]), create=True) as store, store.writing():
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_run_is_free(tmp_path):
    root = tmp_path / "archive"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(root)], stdout=subprocess.PIPE, env=ENVIRONMENT)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    holder.kill()
    holder.communicate()
    assert "process" in (root / ".lock").read_text()
    with Store.open(root, create=False) as store:
        store.save(make_article())
        assert len(titles(store)) == 1


KEEPER = """
import sys
from pathlib import Path, PurePosixPath
from archiver.store import Store
from tests.support.archives import keep
with Store.open(Path(sys.argv[1]), create=True) as store:
    for number in range(4):
        keep(store, f"https://example.org/{sys.argv[2]}-{number}", f"Story {number}")
        keep(store, "https://example.org/the-same", "The Same")
"""


def test_many_runs_and_a_repair_at_once_lose_nothing(tmp_path):
    root = tmp_path / "archive"
    with Store.open(root, create=True) as store:
        keep(store, "https://example.org/first", "First")
    commands = [[sys.executable, "-c", KEEPER, str(root), str(number)] for number in range(3)]
    commands += [[sys.executable, "-m", "archiver", "--archive", str(root), "check", "--repair", "--yes"]] * 2
    runs = [subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for command in commands]
    said = [run.communicate(timeout=100) for run in runs]
    assert [run.returncode for run in runs] == [0] * len(runs), said
    with Store.open(root, create=False) as store:
        assert len(titles(store)) == 3 * 4 + 2
        assert kinds(store) == []
    assert not (root / "quarantine").exists()
    assert len(list(root.glob("captures/*/*/*"))) == 3 * 4 + 2


FETCHER = """
import signal
import sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have it ignored
from archiver.cli.main import main
from tests.support.articles import article_page
from tests.support.servers import Response, serve
import time
def slowly(request):
    time.sleep(0.2)
    return Response(article_page(f"Story {request.path}"))
class Any(dict):
    def __contains__(self, key): return True
    def __getitem__(self, key): return slowly
    def get(self, key, default=None): return slowly
with serve(Any()) as site:
    main(["--archive", sys.argv[1], "fetch", *(site.url(f"/{number}") for number in range(50))])
"""


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGHUP, -signal.SIGHUP)])
def test_a_run_that_is_told_to_stop_keeps_what_it_said(tmp_path, sent, code):
    root = tmp_path / "archive"
    command = [sys.executable, "-c", FETCHER, str(root)]
    run = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout
    first = run.stdout.readline().split("\t")
    run.send_signal(sent)
    out, err = run.communicate(timeout=60)
    assert run.returncode == code
    assert "Traceback" not in err
    said = {first[0], *(line.split("\t")[0] for line in out.split("\n")[:-1])}
    with Store.open(root, create=False) as store:
        assert said <= {row.id for row in store.rows(Filters())}
        assert len(said) < 50
        assert kinds(store) == []


@pytest.mark.parametrize("number", [errno.ESTALE, errno.ENOTCONN, errno.EIO])
@pytest.mark.parametrize("call", ["open", "replace", "mkdir"])
def test_a_disk_that_is_gone_is_one_line(tmp_path, monkeypatch, number, call):
    with Store.open(tmp_path / "archive", create=True) as store:
        store.save(make_article())

        def gone(*_arguments, **_options):
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patch:
            patch.setattr(os, call, gone)
            with pytest.raises(StoreError, match=os.strerror(number)):
                files.write(store.root, PurePosixPath("a/b"), b"x")
        assert len(titles(store)) == 1


def test_clocks_that_jump_change_no_order_and_lose_no_version(tmp_path):
    times = ["2026-11-23T08:14:00Z", "1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2026-11-23T08:14:00Z"]
    with Store.open(tmp_path / "archive", create=True) as store:
        for number, moment in enumerate(times):
            store.save(make_article(text=f"Text {number}", fetched_at=moment))
        article_id = str(make_article().id)
        assert store.load(article_id).body.text == "Text 3"
        texts = {
            store._parts.records.load(path.relative_to(store.root).as_posix()).body.text for path in store.versions(article_id)
        }
        assert texts == {"Text 0", "Text 1", "Text 2"}
        os.utime(store.path(article_id), (0, 0))
        far = time.time() + 70 * 365 * 86400
        os.utime(store.path(article_id).parent, (far, far))
        assert titles(store) == ["Tides of the north"]
        assert [kind for kind in kinds(store) if not kind.startswith("index")] == []


def test_making_the_index_again_can_be_cut_short(tmp_path, monkeypatch):
    class Killed(BaseException):
        pass

    root = tmp_path / "archive"
    with Store.open(root, create=True) as store:
        for number in range(12):
            store.save(make_article(f"https://h{number % 4}.example/{number}"))
    (root / "index.sqlite3").unlink()
    for survived in range(4):
        reads = 0
        real = contents.Contents._files

        def dying(self, name, *, limit=survived, read=real):
            nonlocal reads
            reads += 1
            if reads > limit:
                raise Killed
            return read(self, name)

        with monkeypatch.context() as patch:
            patch.setattr(contents.Contents, "_files", dying)
            store = Store.open(root, create=False)
            with pytest.raises(Killed):
                store.rows(Filters())
            store.close()
    with Store.open(root, create=False) as store:
        assert len(titles(store)) == 12
        assert kinds(store) == []


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_nothing_in_the_archive_is_for_others_to_read(tmp_path, umask):
    before = os.umask(umask)
    try:
        with Store.open(tmp_path / "archive", create=True) as store:
            article = keep(store, "https://example.org/a", "One")
            keep(store, "https://example.org/a", "Two", day=1)
            store.remark(str(article.id), lambda remarks: remarks.labelled(["x"]))
            store.following.save_subscriptions(b"<opml/>")
            assert store.following.polling.feeds() == {}
            assert store.hosts.not_before("example.org", 0.0) == 0.0
            store.checking.mending.set_aside("feeds.opml")
            with store.following.syncing():
                pass
            everything = [store.root, *store.root.rglob("*")]
            assert len(everything) > 20
            open_to_others = [path for path in everything if path.stat().st_mode & 0o077]
            assert open_to_others == []
    finally:
        os.umask(before)


FROZEN = Path(__file__).parents[1] / "fixtures" / "archives" / "of-0.1"


def test_an_archive_of_the_first_release_is_read_and_left_as_it_is(tmp_path):
    import shutil

    root = tmp_path / "archive"
    shutil.copytree(FROZEN, root)
    before = content_of(root)
    assert len(before) == 7
    with Store.open(root, create=False) as store:
        assert sorted(map(str, titles(store))) == ["The Harbour, Revised", "The Lighthouse"]
        assert [row.labels for row in store.rows(Filters(labels=("coast",)))] == [("coast",)]
        first = store.find("https://example.org/harbour")
        assert len(store.versions(first)) == 1
        assert store.payload(store.load(first))
        assert kinds(store, deep=True) == []
    assert content_of(root) == before
