"""A bound on how much goes on at once."""

import threading
from contextlib import ExitStack

from simulation_server.limiter import Limiter


def test_there_are_as_many_places_as_said_and_each_comes_back_once():
    limiter, first, second, third = Limiter(2), ExitStack(), ExitStack(), ExitStack()
    assert limiter.take(first) and limiter.take(second) and not limiter.take(third)
    first.close()
    first.close()
    third.close()
    assert limiter.take(third) and not limiter.take(ExitStack())


def test_many_threads_never_hold_more_places_than_there_are():
    limiter, holding, most, lock = Limiter(3), [0], [0], threading.Lock()

    def work():
        for _ in range(200):
            with ExitStack() as held:
                if limiter.take(held):
                    with lock:
                        holding[0] += 1
                        most[0] = max(most[0], holding[0])
                    with lock:
                        holding[0] -= 1

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert 1 <= most[0] <= 3 and holding[0] == 0
