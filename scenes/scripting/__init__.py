"""Scripts on the visualizer: its verbs, and what plays, films and records them."""
