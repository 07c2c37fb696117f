"""One module per command, each thin; `views.py` holds all that rich draws."""
