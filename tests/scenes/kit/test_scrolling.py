"""The bar at the right scrolls the page: where a finger puts it, there the page is."""

from engine.input import Move, Press, Release
from scenes.dashboard.layout import layout
from scenes.kit.part import Moment
from scenes.kit.scrolling import Scrolling
from scenes.kit.theme import DARK
from scenes.training.lifecycle import Status
from scenes.training.parameters import Parameters
from scenes.training.snapshot import Snapshot

RUN = Snapshot(Status.IDLE, Parameters(), 200)
PHONE, SCREEN = (Moment(RUN, layout(size), DARK) for size in ((390, 844), (1280, 720)))


def test_the_bar_is_dragged_from_end_to_end() -> None:
    page = Scrolling()
    assert page.handle(Press((370.0, 843.0)), PHONE)
    assert page.scroll == PHONE.page.height - 844
    assert page.handle(Move((300.0, 0.0), (0.0, -843.0), held=True), PHONE)
    assert page.scroll == 0
    page.handle(Release((300.0, 0.0)), PHONE)
    assert not page.handle(Move((300.0, 500.0), (0.0, 500.0), held=True), PHONE)


def test_beside_the_bar_the_page_follows_the_finger() -> None:
    page = Scrolling()
    page.handle(Press((100.0, 700.0)), PHONE)
    assert page.handle(Move((100.0, 600.0), (0.0, -100.0), held=True), PHONE)
    assert page.scroll == 100


def test_a_page_that_fits_has_no_bar() -> None:
    page = Scrolling()
    assert not page.handle(Press((1279.0, 700.0)), SCREEN)
    assert page.scroll == 0
