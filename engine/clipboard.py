"""The clipboard of the desktop: text in, text out; where there is none, it holds nothing."""

import pygame


class Clipboard:
    """Text that other programs have copied, and that they can paste."""

    def put(self, text: str) -> bool:
        """Hold `text` from now on; False where there is no clipboard."""
        try:
            pygame.scrap.put_text(text)
        except pygame.error:
            return False
        return True

    def text(self) -> str:
        """What it holds, or nothing."""
        try:
            return pygame.scrap.get_text()
        except pygame.error:
            return ""
