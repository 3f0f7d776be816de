"""Writes what a person does in a window down as a script."""
