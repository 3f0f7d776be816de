"""The layout is a pure function of size and scale: nothing overlaps, nothing leaves the page."""

from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.dashboard.control_slots import ACTION_NAMES, BATCHES, CHIPS, GRIDS, MARGIN, TAB_OF, TABS, WALK_ROW
from scenes.dashboard.layout import PINNED, layout
from scenes.kit.places import Layout, Rect
from scenes.kit.scale import ROOM, Scale, fitting

SIZES = [
    (640, 360),
    (1024, 768),
    (1280, 720),
    (1920, 1080),
    (2560, 1440),
    (3840, 2160),
    (7680, 2160),
    (1080, 1920),
    (390, 844),
    (800, 600),
    (1000, 700),
]
SCALES = [0.75, 1.0, 1.5, 2.0, 3.0]
WINDOWS = [(size, scale) for size in SIZES for scale in SCALES]


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def check(page: Layout) -> None:
    panels = {
        name: rect
        for name, rect in page.panels.items()
        if name not in ("error", "loss_chart", "accuracy_chart", "stamp")
    }
    for (name, one), (other_name, other) in combinations([*panels.items(), ("field", page.field)], 2):
        assert not overlap(one, other), f"{name} overlaps {other_name}"
    for name, rect in panels.items():
        assert rect.x >= 0 and rect.right <= page.size[0], name
        assert rect.y >= 0 and rect.bottom <= page.height, name
        assert rect.w > 0 and rect.h > 0, name
    error, field, legend = page.panels["error"], page.field, page.panels.get("legend")
    bottom = legend.bottom if legend else field.bottom
    assert field.y <= error.y and error.bottom <= bottom, "a notice covers nothing but the field and what explains it"
    upper, lower, both = (page.panels[name] for name in ("loss_chart", "accuracy_chart", "charts"))
    assert (upper.x, upper.y, upper.w) == (both.x, both.y, both.w) == (lower.x, both.y, lower.w)
    assert upper.bottom == lower.y and lower.bottom == both.bottom
    stamp, header = page.panels["stamp"], page.panels["header"]
    inside = header.y <= stamp.y and stamp.bottom <= header.bottom and stamp.right < page.slots["help"].x
    assert inside or header.bottom < stamp.y < stamp.bottom <= field.y, "it covers nothing of the field"
    assert header.x <= stamp.x and stamp.right <= header.right


@pytest.mark.parametrize(("size", "scale"), WINDOWS, ids=str)
def test_panels_neither_overlap_nor_leave_the_page(size: tuple[int, int], scale: float) -> None:
    check(layout(size, scale))


@given(width=st.integers(340, 8000), height=st.integers(240, 4400), scale=st.floats(0.75, 12.0))
def test_any_window_has_a_layout(width: int, height: int, scale: float) -> None:
    check(layout((width, height), scale))


@given(width=st.integers(340, 8000), height=st.integers(240, 4400), scale=st.floats(0.75, 12.0))
def test_a_projector_has_a_layout_in_any_window(width: int, height: int, scale: float) -> None:
    page = layout((width, height), Scale(scale, projector=True).of((width, height)), projector=True)
    check(page) if "actions" not in page.floating else check(replace(page, panels=without(page, "actions")))


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (2560, 1440), (3840, 2160)])
def test_on_a_projector_the_answer_has_the_stage_and_words_are_twice_as_large(size: tuple[int, int]) -> None:
    near, scale = layout(size, fitting(size)), Scale(projector=True)
    far = layout(size, scale.of(size), projector=True)
    larger = scale.of(size) / fitting(size)
    assert larger == (pytest.approx(1.6) if size[0] < 1600 else 2.0)
    data, field = far.panels["data"], far.field
    assert (
        min(data.w, data.h) > 1.4 * min(near.panels["data"].w, near.panels["data"].h)
        and data.w * data.h > field.w * field.h
    )
    for name in ("data", "card_epoch", "card_loss", "card_accuracy", "card_best", "progress", "legend"):
        assert far.panels[name].bottom <= size[1], f"{name} is on the first page"
    assert far.slots["start"].bottom <= size[1] and field.bottom <= size[1]


ON_THE_DATA = (("walk", *CHIPS), ("silence", "close_neuron"), ("close_walk", *WALK_ROW))


def without(page: Layout, name: str) -> dict[str, Rect]:
    """The panels but one."""
    return {each: rect for each, rect in page.panels.items() if each != name}


def test_a_small_window_holds_a_large_scale_back() -> None:
    assert layout((390, 844), 3.0).scale == 390 / ROOM[0]
    assert layout((640, 600), 2.0).scale == 600 / ROOM[1]
    assert layout((1920, 1080), 3.0).scale == 3.0
    assert layout((640, 360), 3.0).scale == 1.0
    assert layout((320, 240), 2.0).scale == 1.0, "what is too small for a scale of 1 scrolls"
    assert layout((320, 240), 0.75).scale == 0.75, "a smaller scale is as wished"


@pytest.mark.parametrize(("size", "scale"), WINDOWS, ids=str)
def test_controls_lie_in_their_panel_and_can_be_hit(size: tuple[int, int], scale: float) -> None:
    page = layout(size, scale)
    for name, slot in page.slots.items():
        home = "header" if name in ("theme", "help") else "progress" if name in ("replay", "compare") else "controls"
        if name in ("log_axis", "smoothing"):
            home = "loss_chart"
        home = {"copy": "network", **dict.fromkeys(chain(*ON_THE_DATA), "data")}.get(name, home)
        if name in (*ACTION_NAMES, "step", "stop", "undo") and "actions" in page.panels:
            home = "actions"
        panel = page.panels[home]
        assert panel.x <= slot.x and slot.right <= panel.right, name
        assert panel.y <= slot.y and slot.bottom <= panel.bottom, name
    least = 24 if page.wide else 44
    assert {name: slot for name, slot in page.slots.items() if min(slot.w, slot.h) < least} == {}


@pytest.mark.parametrize(("size", "scale"), WINDOWS, ids=str)
def test_controls_do_not_overlap(size: tuple[int, int], scale: float) -> None:
    page = layout(size, scale)
    grids = [name for name in GRIDS if GRIDS[name] != (name,)]
    alone = [name for name in page.slots if name not in (*ACTION_NAMES[1:], "step", "undo", "settings", *grids)]
    for tab in TABS:
        shown = [name for name in alone if TAB_OF.get(name.partition(".")[0], tab) == tab]
        for name, other in combinations(shown, 2):
            cards = [card for card in ON_THE_DATA for each in (name, other) if each in card]
            if len(cards) == 2 and (cards[0] is not cards[1] or {name, other} == {"walk_draw", "walk_learn"}):
                continue  # one of them is there at a time
            assert not overlap(page.slots[name], page.slots[other]), f"{name} overlaps {other}"
    paused = [page.slots[name] for name in ("resume", "step", "stop")]
    assert not any(overlap(one, other) for one, other in combinations(paused, 2))
    assert page.slots["undo"] == page.slots["stop"], "only one of them is there"
    assert len(BATCHES) == 5


def test_the_field_keeps_the_largest_area_of_a_wide_window() -> None:
    for size in ((1280, 720), (1920, 1080), (2560, 1440), (3840, 2160)):
        page = layout(size)
        assert all(page.field.w * page.field.h > rect.w * rect.h for rect in page.panels.values())


def test_scrolling_moves_everything_alike() -> None:
    still, moved = layout((390, 844)), layout((390, 844), scroll=100)
    assert still.height == moved.height > 844
    assert all(moved.panels[name].y == rect.y - 100 for name, rect in still.panels.items() if name not in PINNED)
    assert all(moved.slots[name].y == rect.y - 100 for name, rect in still.slots.items())


@pytest.mark.parametrize("size", [(390, 844), (800, 600), (1024, 560)])
def test_the_stamp_never_scrolls_out_of_the_picture(size: tuple[int, int]) -> None:
    still = layout(size)
    assert still.height > size[1] and not still.strip
    down = layout(size, scroll=still.height - size[1])
    stamp = down.panels["stamp"]
    assert down.strip and stamp.y >= 0 and stamp.bottom < size[1] and stamp.x == still.panels["stamp"].x


@given(
    size=st.sampled_from([(390, 844), (640, 360), (1024, 600), (1280, 720), (1080, 1920)]),
    scale=st.sampled_from([0.75, 1.0, 1.5, 2.0, 3.0]),
    share=st.floats(0, 1),
)
def test_a_notice_can_be_seen_however_far_the_page_is_scrolled(
    size: tuple[int, int], scale: float, share: float
) -> None:
    scroll = round(share * max(0, layout(size, scale).height - size[1]))
    page = layout(size, scale, scroll)
    error, stamp = page.panels["error"], page.panels["stamp"]
    assert error.y >= page.strip or not page.strip
    assert error.y >= 0 and (not page.strip or error.bottom <= size[1])
    assert not page.strip or stamp.bottom <= page.strip, "nothing stands behind the stamp but its strip"


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES)
def test_every_window_shows_the_large_button_and_the_field_at_once(size: tuple[int, int], scale: float) -> None:
    page = layout(size, scale)
    assert page.field.y >= 0 and page.field.bottom <= size[1]
    assert page.slots["start"].y < size[1] - page.px(20)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", [*SIZES, (1024, 600), (1366, 768)])
def test_the_flat_network_and_the_charts_have_room(size: tuple[int, int], scale: float) -> None:
    page = layout(size, scale)
    assert page.panels["network"].h >= page.px(140)
    assert min(page.panels[name].h for name in ("loss_chart", "accuracy_chart")) >= page.px(84)


@pytest.mark.parametrize(
    ("size", "scale"),
    [
        *[((640, 360), 1.0), ((1280, 720), 1.0), ((1920, 1080), 1.0), ((2560, 1440), 1.25), ((3840, 2160), 2.0)],
        *[((7680, 2160), 2.0), ((1080, 1920), 1.0), ((2160, 3840), 2.0), ((390, 844), 1.0), ((16384, 16384), 3.0)],
    ],
)
def test_the_scale_goes_with_the_window(size: tuple[int, int], scale: float) -> None:
    assert fitting(size) == scale


def test_in_a_low_window_the_buttons_come_without_scrolling() -> None:
    page = layout((640, 360))
    assert page.slots["start"].bottom <= 360 and page.field.h >= 96


def test_twice_the_size_at_twice_the_scale_is_the_same_picture() -> None:
    small, large = layout((1280, 720)), layout((2560, 1440), 2.0)
    for name, rect in small.panels.items():
        twice = large.panels[name]
        assert abs(twice.x - 2 * rect.x) <= 1 and abs(twice.w - 2 * rect.w) <= 2, name


def test_a_page_is_at_most_1600_units_wide_and_columns_at_most_400() -> None:
    kiosk, wall = layout((2160, 3840)), layout((7680, 2160))
    assert not kiosk.wide and kiosk.panels["header"].w == 1600 - 32
    assert wall.wide and all(wall.panels[name].w == 400 for name in ("controls", "network", "data", "loss_chart"))


@pytest.mark.parametrize("size", [(700, 500), (800, 600), (1000, 700), (1020, 900)])
def test_a_window_between_a_phone_and_a_screen_has_two_columns(size: tuple[int, int]) -> None:
    page = layout(size)
    left, right = (("progress", "data", "network"), ("actions", "card_epoch", "controls", "charts"))
    assert {page.panels[name].x for name in left} == {page.px(MARGIN)} and page.field.x == page.px(MARGIN)
    assert len({page.panels[name].x for name in right}) == 1
    assert max(page.panels[name].right for name in left) < page.panels["actions"].x
    assert page.panels["progress"].bottom <= size[1] and page.slots["stop"].bottom <= size[1]
    assert page.field.w * page.field.h > 0.25 * size[0] * (size[1] - 80), "no half of it is empty"
