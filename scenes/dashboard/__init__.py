"""The dashboard: one scene, and a file for each thing that can be seen in it."""
