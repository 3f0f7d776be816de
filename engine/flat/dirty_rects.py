"""Joins what has changed into few rectangles, since each upload costs more than some pixels too many."""

import pygame

SPARE = 60_000  # pixels more that one upload may hold: on software drivers each upload waits for the last frame


def merged(rects: list[pygame.Rect]) -> list[pygame.Rect]:
    """A few rectangles that hold all of `rects`: neighbours are joined where that costs little."""
    few: list[pygame.Rect] = []
    for rect in rects:
        if rect.width == 0 or rect.height == 0:
            continue
        for index, other in enumerate(few):
            joined = rect.union(other)
            if joined.width * joined.height <= rect.width * rect.height + other.width * other.height + SPARE:
                few[index] = joined
                break
        else:
            few.append(rect.copy())
    return few
