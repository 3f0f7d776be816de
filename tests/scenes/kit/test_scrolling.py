"""The bar at the right scrolls the page: where a finger puts it, there the page is."""

from engine.input import Move, Press, Release
from scenes.dashboard.layout import layout
from scenes.kit.scrolling import Page

PHONE = layout((390, 844))


def test_the_bar_is_dragged_from_end_to_end() -> None:
    page = Page()
    assert page.handle(Press((370.0, 843.0)), PHONE)
    assert page.scroll == PHONE.height - 844
    assert page.handle(Move((300.0, 0.0), (0.0, -843.0), held=True), PHONE)
    assert page.scroll == 0
    page.handle(Release((300.0, 0.0)), PHONE)
    assert not page.handle(Move((300.0, 500.0), (0.0, 500.0), held=True), PHONE)


def test_beside_the_bar_the_page_follows_the_finger() -> None:
    page = Page()
    page.handle(Press((100.0, 700.0)), PHONE)
    assert page.handle(Move((100.0, 600.0), (0.0, -100.0), held=True), PHONE)
    assert page.scroll == 100


def test_a_page_that_fits_has_no_bar() -> None:
    page = Page()
    assert not page.handle(Press((1279.0, 700.0)), layout((1280, 720)))
    assert page.scroll == 0
