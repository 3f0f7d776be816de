"""Runs laid beside each other: one timeline, a colour for each, and another future trained from any of its moments."""
