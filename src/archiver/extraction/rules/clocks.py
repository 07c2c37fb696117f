"""How clocks and calendars are written: zones by their letters, the halves of a day, and years counted from elsewhere."""

from __future__ import annotations

ZONES = {
    "Z": "Z",
    "UT": "Z",
    "UTC": "Z",
    "GMT": "Z",
    "EST": "-05:00",  # these eight: RFC 5322, section 4.3
    "EDT": "-04:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "JST": "+09:00",
    "KST": "+09:00",
}
"""Letters that name one zone only; "CST" is American and Chinese, "IST" Indian, Irish and Israeli, "ET" changes in summer."""

HALVES = {
    "a": "a",
    "p": "p",
    "am": "a",
    "pm": "p",
    "오전": "a",
    "오후": "p",
    "上午": "a",
    "下午": "p",
    "午前": "a",
    "午後": "p",
}
"""What says which half of the day it is, behind the time or before it."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""Japanese era -> the year before its first."""

BUDDHIST_ERA = 543
"""By so many years Thailand is ahead."""
