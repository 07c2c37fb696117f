"""How a capture stands in a WARC file: what the `store` writes, and both the store and `saved` read back."""
