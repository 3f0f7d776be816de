"""A few threads that take tasks in turn."""

import threading
import time

from simulation_server.thread_pool import ThreadPool


def close(pool):
    pool.close(until=time.monotonic() + 300, clock=time.monotonic)


def test_every_task_is_run_by_no_more_threads_than_allowed():
    workers, lock = [], threading.Lock()

    def task():
        with lock:
            workers.append(threading.get_ident())

    pool = ThreadPool(most=3, name="pool")
    for _ in range(500):
        pool.submit(task)
    close(pool)
    assert len(workers) == 500 and len(set(workers)) <= 3
    assert not [thread for thread in threading.enumerate() if thread.name == "pool"]


def test_a_single_thread_takes_its_tasks_in_order():
    pool, done = ThreadPool(most=1, name="pool"), []
    for number in range(100):
        pool.submit(lambda number=number: done.append((number, threading.get_ident())))
    close(pool)
    assert [number for number, _ in done] == list(range(100)) and len({worker for _, worker in done}) == 1


def test_as_many_tasks_as_threads_run_side_by_side():
    pool, meeting = ThreadPool(most=3, name="pool"), threading.Barrier(3 + 1, timeout=300)
    for _ in range(3):
        pool.submit(meeting.wait)
    meeting.wait()
    close(pool)
