"""What is said: one table a language, each with the same keys and fields."""
