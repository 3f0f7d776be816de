"""The 3D field of neurons, links and particles."""
