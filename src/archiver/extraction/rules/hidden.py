"""Class names of text that is for screen readers only, moved out of sight by the page's style sheet.

It repeats what sighted readers see ("opens in a new window", "Share on Facebook:") and stands in the middle of lines.
"""

from __future__ import annotations

SCREEN_READER_CLASSES = frozenset(
    {
        "screen-reader-text",  # WordPress core and its themes
        "sr-only",  # Bootstrap 3 and 4, Tailwind, Font Awesome
        "visually-hidden",  # Bootstrap 5, Drupal, the naming of accessibility guides
        "visuallyhidden",  # HTML5 Boilerplate
        "element-invisible",  # Drupal 7
        "assistive-text",  # WordPress themes of 2010 to 2013
        "show-for-sr",  # Foundation
        "screen-reader-only",  # the word spelled out, in many sites' own style sheets
        "sharing-screen-reader-text",  # Jetpack's share buttons
        "usa-sr-only",  # the United States Web Design System
    }
)

SCREEN_READER_STEMS = ("sr", "reader", "hidden", "invisible", "assistive")
"""One of these stands in each of them."""
