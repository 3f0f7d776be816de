"""Every frame is looked at while something may move fast, every other one while it drifts, hardly any at rest."""

from engine.pacing import ALERT, CALM, LOOK, STILL, Pacing


def looks(pacing: Pacing, ticks: range, *, changed: bool, calm: bool = False) -> list[int]:
    """At which ticks it was looked."""
    seen = []
    for now in ticks:
        if pacing.due(now, calm=calm):
            pacing.looked(now, changed=changed)
            seen.append(now)
    return seen


def test_while_something_moves_every_frame_is_looked_at() -> None:
    assert looks(Pacing(), range(1, 200), changed=True) == list(range(1, 200))


def test_of_what_drifts_every_other_frame_is_enough_until_somebody_comes() -> None:
    pacing = Pacing()
    assert looks(pacing, range(100, 200), changed=True, calm=True) == list(range(100, 200, CALM))
    pacing.heard(200)
    assert looks(pacing, range(200, 200 + ALERT), changed=True, calm=True) == list(range(200, 200 + ALERT))
    assert len(looks(pacing, range(200 + ALERT, 300 + ALERT), changed=True, calm=True)) == 50


def test_what_stands_still_is_looked_at_now_and_then() -> None:
    pacing = Pacing()
    seen = looks(pacing, range(1, 331), changed=False)
    assert seen[:STILL] == list(range(1, STILL + 1))
    assert seen[STILL:] == list(range(STILL + LOOK, 331, LOOK))


def test_what_begins_to_move_is_followed_at_once_and_so_is_whoever_comes() -> None:
    pacing = Pacing()
    looks(pacing, range(1, 100), changed=False)
    late = next(now for now in range(100, 200) if pacing.due(now, calm=False))
    assert late - 100 < LOOK
    pacing.looked(late, changed=True)
    assert looks(pacing, range(late + 1, late + 20), changed=True) == list(range(late + 1, late + 20))
    looks(pacing, range(200, 300), changed=False)
    pacing.heard(301)
    assert pacing.due(301, calm=True)
