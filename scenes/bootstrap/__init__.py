"""Makes the program startable on a machine that has only Python: standard library only, known by `viz.py` alone."""
