"""Dates in text: machine forms, printed forms in many languages, and forms relative to the day of the capture.

Every pattern has bounded repetitions only, so a text costs time linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from archiver.extraction.rules.clocks import BUDDHIST_ERA, ERAS, HALVES, ZONES
from archiver.extraction.rules.labels import BEFORE_RELATIVE, RELATIVE, RELATIVE_DAYS, RELATIVE_UNITS
from archiver.extraction.rules.months import ANY_MONTHS, LANGUAGE_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR = 1800
LAST_YEAR = 2199
_ISO = re.compile(
    r"\s*(?P<y>\d{4})(?P<dash>[-/.]?)(?P<m>\d{1,2})(?P=dash)(?P<d>\d{1,2})(?!\d)"
    r"(?:(?:T|\s{1,3}|,\s)(?P<h>\d{1,2}):?(?P<min>\d{2})(?::?(?P<s>\d{2}|\d(?!\d))(?:[.,]\d{1,9})?)?\s?(?P<z>Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?(?!\d))?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})?(?P<z>Z)?)?\s*$")
_EPOCH = re.compile(r"\s*([1-6]\d{9})(?:\d{3})?\s*$")  # 2001 to 2191; zero is how "no date" is written
_YEAR = r"(?P<y{0}>(?:19|20)\d\d)(?!\d)"
# some scripts write vowels with marks that are no letters
_WORD = r"(?P<m{0}>(?:[^\W\d_]|[\u0900-\u0963\u0980-\u09e3\u0e31-\u0e4e]){{3,15}}|मई|মে|مه)"
_DATE = re.compile(
    r"(?<!\d)(?=\d)(?:"  # what begins with a digit, and is tried nowhere else: five times faster
    + "|".join(
        (
            r"(?P<d1>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s\-.,/]{0,3}(?:of\s|de\s|del\s|di\s|d['’])?"
            + _WORD.format(1)
            + r"[.,]?[\s\-.,/]{0,3}(?:of\s|de\s|del\s)?"
            + _YEAR.format(1),
            _YEAR.format(3) + r"\s?[.年년/\-]\s?(?P<n3>\d{1,2})\s?[.月월/\-]\s?(?P<d3>\d{1,2})(?!\d)\s?[.日일]?",
            r"(?<![./\-])(?P<a4>\d{1,2})\s?(?P<sep>[./\-])\s?(?P<b4>\d{1,2})\s?(?P=sep)\s?(?P<y4>(?:19|20)\d\d|\d\d)(?![\d/%])",
            _YEAR.format(5) + r"[\s.,\-]{1,2}" + _WORD.format(5) + r"[\s.,\-]{1,2}(?P<d5>\d{1,2})(?!\d)",
            r"(?P<d6>\d{1,2})-" + _WORD.format(6) + r"-(?P<y6>\d\d)(?![\w\-])",
            r"(?P<d7>\d{1,2})(?:st|nd|rd|th|\.)?\s" + _WORD.format(7) + r"\s['’](?P<y7>\d\d)(?!\w)",
        )
    )
    + r")|(?<!\w)"
    + _WORD.format(2)
    + r"\.?\s{0,2}(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:,\s{0,2}|\s{1,2}|\s?[-–|]\s)"
    r"(?P<t2>\d{1,2}:\d\d:\d\d\s(?:[A-Z]{3,4}\s)?)?"  # as C's ctime writes it
    + _YEAR.format(2)
    + r"|(?P<era8>"
    + "|".join(ERAS)
    + r")\s?(?P<y8>\d{1,2}|元)\s?年\s?(?P<n8>\d{1,2})\s?月\s?(?P<d8>\d{1,2})\s?日"
)
# (?:19|20)\d\d|\d\s?[./-]\s?\d\d(?!\d)|[-'’]\d\d(?!\d), said so that it begins with one class: four times faster
_YEAR_MARK = re.compile(r"[\d\-'’](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=\d)\s?[./\-]\s?\d\d(?!\d)|(?<=[\-'’])\d\d(?!\d))")
_DIGIT = re.compile("[0-9]")
_TIME = re.compile(
    r"(?:\s?[(（][月火水木金土日월화수목금토][)）])?"
    r"(?:\s?(?:,|\||·|•|–|-|—|@|T|at|um|à|a las|alle|kl\.?|om|в|ore))?\s{0,2}"
    r"(?P<before>[ap]m|오전|오후|上午|下午|午前|午後)?\s?"
    r"(?P<h>\d{1,2})(?:[:h](?P<min>\d{2})|\s?[時时시]\s?(?P<min_cjk>\d{1,2})\s?[分분])(?::(?P<s>\d{2}))?"
    r"(?:\s?(?P<half>[ap])\.?m\.?(?!\w))?(?:\s?\(?(?P<z>(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|(?:"
    + "|".join(ZONES)
    + r")(?!\w)))?(?![\d:])",
    re.IGNORECASE,
)
_OTHER_DIGIT = re.compile(r"[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19]")
_BUDDHIST_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_THAI = re.compile(r"[\u0e01-\u0e30]")
_MONTH_FIRST_REGIONS = frozenset({"us", "ph", "ca"})


class When(NamedTuple):
    """A day or a moment, as precise as it was given.

    Attributes:
        day: the calendar day as written, in the page's own zone.
        iso: ISO 8601: the day, or the moment; with a zone only where the page gave one.
    """

    day: date
    iso: str

    @property
    def moment(self) -> datetime | None:
        """The moment, without a zone where the page gave none; None for a bare day."""
        return datetime.fromisoformat(self.iso) if "T" in self.iso else None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page writes numeric dates, and when it was captured.

    Attributes:
        language: BCP 47, lower case; "" when unknown.
        month_first: 3/4/2020 is March 4.
        today: the day of the capture; None when unknown.
    """

    language: str = ""
    month_first: bool = False
    today: date | None = None


class Found(NamedTuple):
    """A date in a text, and where: `text[start:end]`."""

    when: When
    start: int
    end: int


def reading(language: str | None, host: str | None, today: date | None) -> Reading:
    """How a page in `language` at `host` writes dates."""
    tag = (language or "").lower().replace("_", "-")
    primary, _, region = tag.partition("-")
    country = (host or "").rpartition(".")[2]
    english = primary in ("en", "")
    elsewhere = region in ("gb", "au", "nz", "ie", "in", "za") or country in ("uk", "au", "nz", "ie", "in", "za", "eu")
    return Reading(primary, month_first=region in _MONTH_FIRST_REGIONS or (english and not elsewhere), today=today)


def parse(text: str, read: Reading) -> When | None:
    """The date that a machine-readable value states; printed forms are understood too."""
    text = _plain(text[:100])
    match = _COMPACT.match(text) or _ISO.match(text)
    if match and (match["h"] or _TIME.match(text[match.end() :].lstrip(".")) is None):
        return _moment(int(match["y"]), int(match["m"]), int(match["d"]), match.groupdict())
    epoch = _EPOCH.match(text)
    if epoch:
        moment = datetime.fromtimestamp(int(epoch[1]), UTC)
        return When(moment.date(), moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    found = next(find(text, read), None)
    return found.when if found else None


def may_hold_date(text: str) -> bool:
    """Whether `text` has what every date has that `find` finds: a year, or two digits behind a separator or an apostrophe."""
    if text.isascii():  # most texts have no digit: a third of the cost
        return _DIGIT.search(text) is not None and _YEAR_MARK.search(text) is not None
    return _YEAR_MARK.search(_plain(text)) is not None or any(era in text for era in ERAS)


def find(text: str, read: Reading) -> Iterator[Found]:
    """The dates in `text`, in order; most texts are better asked first whether they `may_hold_date`."""
    text = _plain(text)
    for match in _DATE.finditer(text):
        parts = _parts(match, read)
        if parts is None:
            continue
        time = _TIME.match(match["t2"]) if match["t2"] else _TIME.match(text, match.end())
        when = _moment(*parts, time.groupdict() if time else {})
        if when is None:
            when, time = _moment(*parts, {}), None
        if when is not None:
            yield Found(when, match.start(), time.end() if time and time.string is text else match.end())


def _plain(text: str) -> str:
    """`text`, as long as it is, with the digits of every script as ASCII's, and Thai years as the others count them."""
    if text.isascii():
        return text
    text = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text)
    return _BUDDHIST_YEAR.sub(lambda year: str(int(year[0]) - BUDDHIST_ERA), text) if _THAI.search(text) else text


def find_relative(text: str, read: Reading) -> Found | None:
    """The first "3 days ago" of a short text, counted from the capture; None where that is unknown."""
    if read.today is None:
        return None
    for match in RELATIVE.finditer(text):
        if match["ago"] or BEFORE_RELATIVE.match(match[0]):
            row = next(row for number, row in enumerate(RELATIVE_UNITS) if match[f"unit{number}"])
            count = int(match["count"]) if match["count"].isdigit() else 1
            return _found_before(read.today, int(count * row.days), match.start(), match.end())
    word = text.casefold().strip(" .,:|·")
    if word in RELATIVE_DAYS:
        return _found_before(read.today, RELATIVE_DAYS[word], 0, len(text))
    return None


def _found_before(today: date, days: int, start: int, end: int) -> Found:
    day = today - timedelta(days=days)
    return Found(When(day, day.isoformat()), start, end)


def _parts(match: re.Match[str], read: Reading) -> tuple[int, int, int] | None:
    """Year, month, day of a match of `_DATE`."""
    if match["a4"]:
        return _numeric(match, read)
    if match["era8"]:
        year = 1 if match["y8"] == "元" else int(match["y8"])
        return ERAS[match["era8"]] + year, int(match["n8"]), int(match["d8"])
    if match["y3"]:
        return int(match["y3"]), int(match["n3"]), int(match["d3"])
    form = next(form for form in ("1", "2", "5", "6", "7") if match[f"y{form}"])
    month = _month(match[f"m{form}"], read)
    return (_full_year(match[f"y{form}"]), month, int(match[f"d{form}"])) if month else None


def _numeric(match: re.Match[str], read: Reading) -> tuple[int, int, int] | None:
    first, second, year = int(match["a4"]), int(match["b4"]), _full_year(match["y4"])
    if second > 12 or (read.month_first and match["sep"] != "." and first <= 12):
        return year, first, second
    return year, second, first


def _full_year(digits: str) -> int:
    """The year; of two digits, the one between 1970 and 2069."""
    year = int(digits)
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def _month(word: str, read: Reading) -> int | None:
    word = word.casefold()
    return LANGUAGE_MONTHS.get(read.language, {}).get(word) or ANY_MONTHS.get(word)


def _moment(year: int, month: int, day: int, time: dict[str, str | None]) -> When | None:
    try:
        calendar_day = date(year, month, day)
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    clock = _clock(time)
    return When(calendar_day, f"{calendar_day.isoformat()}{clock}")


def _clock(time: dict[str, str | None]) -> str:
    """The time as in "T09:30:00+02:00"; "" where none is given. Midnight to the second, without a zone, is a bare day."""
    if not time.get("h"):
        return ""
    hour, minute = int(time["h"] or 0), int(time.get("min") or time.get("min_cjk") or 0)
    second = int(time.get("s") or 0)
    half = HALVES.get((time.get("half") or time.get("before") or "").lower(), "")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return ""
    zone = _zone(time.get("z") or "")
    if not (hour or minute or second or zone):
        return ""
    return f"T{hour:02}:{minute:02}:{second:02}{zone}"


def _zone(text: str) -> str:
    text = text.upper()
    if text in ZONES:
        return ZONES[text]
    offset = text.removeprefix("UTC").removeprefix("GMT").strip()
    hours, minutes = (offset[1:3], offset[3:]) if ":" not in offset else offset[1:].split(":", 1)
    if not hours.isdigit() or int(hours) > 14 or int(minutes or 0) > 59:
        return ""
    return f"{offset[0]}{int(hours):02}:{int(minutes or 0):02}"
