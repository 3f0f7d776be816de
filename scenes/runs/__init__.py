"""Kept runs on the screen: looked for, named, pinned, opened again, laid beside each other."""
