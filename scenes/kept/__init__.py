"""The runs that are kept: each in a file of its own, found again by date, name or settings. No pixels."""
