"""The command line: words, their values, their manual, and the settings that they override."""
