"""What SQLite says of the file of the index: `application_id` that it is an index of ours, `user_version` which form it has."""

FILE_NAME = "index.sqlite3"
APPLICATION_ID = int.from_bytes(b"arch")
VERSION = 6
