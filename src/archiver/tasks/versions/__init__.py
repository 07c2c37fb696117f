"""What an article was before: its history, the differences, and extracting again."""
