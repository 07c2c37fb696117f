"""One module per thing a user does; each joins extraction, fetch and store."""
