"""Pictures, players and quoted posts: what shows that an element is one. A test takes each row away in turn."""

from __future__ import annotations

import re
from typing import NamedTuple


class Player(NamedTuple):
    """Something that plays what has an address of its own.

    Attributes:
        tag: the element.
        host: whose frame it is, subdomains included; "" for elements that are players by name.
        identifier: where its identifier stands: in the path and query of the frame, or the attribute of that name.
        address: what a reader would open, `{}` being the identifier.
        reason: why the frame's own address will not do.
    """

    tag: str
    host: str
    identifier: str
    address: str
    reason: str


_YOUTUBE = "https://www.youtube.com/watch?v={}"
PLAYERS = (
    Player("iframe", "youtube.com", r"/embed/([\w-]{6,20})(?:[?]|$)", _YOUTUBE, "the frame plays only inside a page"),
    Player("iframe", "youtube-nocookie.com", r"/embed/([\w-]{6,20})(?:[?]|$)", _YOUTUBE, "the same on the host without cookies"),
    Player("iframe", "player.vimeo.com", r"/video/(\d+)", "https://vimeo.com/{}", "the frame has neither title nor description"),
    Player("iframe", "dailymotion.com", r"/embed/video/(\w+)", "https://www.dailymotion.com/video/{}", "the frame has neither title nor description"),
    Player("iframe", "platform.twitter.com", r"/embed/.*[?&]id=(\d+)", "https://x.com/i/status/{}", "a quoted post, as it stands in a page that a browser saved"),
    Player("lite-youtube", "", "videoid", _YOUTUBE, "loads the frame on a click; until then it is an element without text"),
    Player("amp-youtube", "", "data-videoid", _YOUTUBE, "AMP has an element for each player"),
    Player("amp-vimeo", "", "data-videoid", "https://vimeo.com/{}", "AMP has an element for each player"),
)  # fmt: skip

FRAMES = {
    "w.soundcloud.com": "sound",
    "open.spotify.com": "sound",
    "podcasts.apple.com": "sound",
    "embed.ted.com": "talks",
    "archive.org": "recordings and scans",
    "datawrapper.dwcdn.net": "charts",
}
"""Hosts of other frames that belong to an article, and what they show; any other frame may be an advertisement."""

POSTS = {
    "twitter-tweet": "X, formerly Twitter",
    "twitter-video": "the same around a video",
    "instagram-media": "Instagram",
    "tiktok-embed": "TikTok",
    "bluesky-embed": "Bluesky",
    "mastodon-embed": "Mastodon",
    "text-post-media": "Threads",
    "reddit-embed-bq": "Reddit",
}
"""Class names of the `<blockquote>` that a network hands out for quoting a post: its text is the post, a script adds the rest."""

FIGURES = {
    "wp-caption": "WordPress, where the theme does not ask for HTML5",
    "thumbinner": "MediaWiki",
    "tr-caption-container": "Blogger: a table of two rows",
}
"""Class names of boxes that are what `<figure>` is for."""

CAPTION = re.compile(r"(?i)caption|credit|copyright|legend|photographer")
"""In the class names of what is, inside a figure, its caption or says whose picture it is …"""
NO_CAPTION = re.compile(r"(?i)toggle|hide|button|icon|open|close")
"""… unless one of these says that it only opens and closes the caption."""

BOXES = frozenset({"a", "center", "div", "figure", "font", "p", "picture", "section", "span", "strong"})
"""Elements that often hold nothing but a picture."""

SMALLEST = 65
"""Pixels; where width or height state less, the picture is an icon, as bars of share buttons are made of."""
