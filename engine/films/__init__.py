"""Films: frames on the fixed clock, and the files they become."""
