"""A few threads that take tasks in turn."""

import threading
import time

from simulation_server.crew import Crew


def dismissed(crew):
    crew.dismiss(until=time.monotonic() + 300, clock=time.monotonic)


def test_every_task_is_run_by_no_more_threads_than_allowed():
    workers, lock = [], threading.Lock()

    def task():
        with lock:
            workers.append(threading.get_ident())

    crew = Crew(most=3, name="crew")
    for _ in range(500):
        crew.take(task)
    dismissed(crew)
    assert len(workers) == 500 and len(set(workers)) <= 3
    assert not [thread for thread in threading.enumerate() if thread.name == "crew"]


def test_a_single_thread_takes_its_tasks_in_order():
    crew, done = Crew(most=1, name="crew"), []
    for number in range(100):
        crew.take(lambda number=number: done.append((number, threading.get_ident())))
    dismissed(crew)
    assert [number for number, _ in done] == list(range(100)) and len({worker for _, worker in done}) == 1


def test_as_many_tasks_as_threads_run_side_by_side():
    crew, meeting = Crew(most=3, name="crew"), threading.Barrier(3 + 1, timeout=300)
    for _ in range(3):
        crew.take(meeting.wait)
    meeting.wait()
    dismissed(crew)
