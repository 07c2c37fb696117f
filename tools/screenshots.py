"""Takes the pictures of the page of statistics in docs/stats.md: `.venv/bin/python tools/screenshots.py [FOLDER]`.

Needs a headless Chromium: `chromium-headless-shell` or `chromium` on the PATH (Debian: apt install chromium), or where
the variable CHROMIUM says. The archive is made up by a seed: the same program shows the same numbers. Letters look as the fonts
of the machine have them, so no test compares the bytes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archiver.article import Dates  # noqa: E402
from archiver.cli import stats_page  # noqa: E402
from archiver.record import dumps  # noqa: E402
from archiver.store import Filters, Store, paths  # noqa: E402
from archiver.tasks.stats import stats  # noqa: E402
from benchmarks.made_articles import MadeArticles  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Article

PICTURES = ROOT / "docs" / "pictures"
VARIABLE = "CHROMIUM"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
SCHEMES = {"light": 1, "dark": 0}
"""The values of Blink's setting `preferredColorScheme`."""
ARTICLES = 3_000
FIRST_DAY = datetime(2025, 3, 1, tzinfo=UTC)
DAYS = 550
TODAY = date(2026, 9, 10)
WIDTH, HEIGHT = 900, 880


def main() -> int:
    """Writes the pictures; 1 where there is no browser."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    browser = os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"There is no Chromium on the PATH (looked for {', '.join(BROWSERS)}), and ${VARIABLE} names none.")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "stats.html")
        page.write_text(page_of_statistics(Path(scratch, "archive")), encoding="utf-8")
        for scheme in SCHEMES:
            take(browser, page, folder / f"stats-{scheme}.png", scheme)
    return 0


def page_of_statistics(home: Path) -> str:
    """The page of a made-up archive."""
    for article in articles():
        file = home / paths.article_file(article)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dumps(article), encoding="utf-8")
    with contextlib.closing(Store.open(home, create=False)) as store:
        return stats_page.page(stats(store, Filters(), top=8, today=TODAY), Filters())


def articles() -> Iterator[Article]:
    """Articles of a year and a half: more of them each month, few on Sundays, most in the morning."""
    rng = random.Random(8)  # noqa: S311  # nothing is secret here
    for article in MadeArticles().articles(ARTICLES):
        day = FIRST_DAY + timedelta(days=int(DAYS * rng.random() ** 0.6))
        if day.weekday() == 6 and rng.random() < 0.7:
            day -= timedelta(days=rng.randint(1, 5))
        hour = min(max(round(rng.gauss(10.5, 3.5)), 0), 23)
        published = f"{day:%Y-%m-%d}T{hour:02}:{rng.randrange(60):02}:00+01:00"
        assert article.capture is not None
        capture = dataclasses.replace(article.capture, fetched_at=f"{day + timedelta(days=1):%Y-%m-%d}T06:00:00Z", warc=None)
        yield dataclasses.replace(article, dates=Dates(published), capture=capture)


def take(browser: str, page: Path, picture: Path, scheme: str) -> None:
    """Takes a picture of the top of `page`, as who prefers light or dark sees it."""
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={page.parent / 'profile'}",
        f"--window-size={WIDTH},{HEIGHT}", f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
    ]  # fmt: skip
    command = [browser, *options, f"--screenshot={picture.absolute()}", page.as_uri()]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, timeout=120)


if __name__ == "__main__":
    sys.exit(main())
