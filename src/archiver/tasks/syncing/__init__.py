"""Feeds: what is followed, polled, remembered and published."""
