"""The window that runs for weeks: opening it, what it does while nobody is there, and what a fault does to it."""
