"""Compares what scripts draw with what they drew before, and says in words and in a page what has changed."""
