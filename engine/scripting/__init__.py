"""The language of scripts: its reader, its verbs, and its manual."""
