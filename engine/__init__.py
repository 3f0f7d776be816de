"""A small game engine: fixed ticks, scenes, rows of entities, passes. It knows no subject matter."""
