"""The rows of the fault catalogue, as far as a program can bring them about by itself: one function a row."""
