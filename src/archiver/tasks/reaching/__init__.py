"""From an address to the captures that make the article: hops, full pages, further pages, copies of what is gone."""
