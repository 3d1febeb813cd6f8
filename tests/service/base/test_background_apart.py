"""Blocking work apart from the event loop."""

import threading

import pytest

from mctop.service.base.background import apart


async def test_work_is_done_in_a_daemon_thread_and_its_result_is_waited_for() -> None:
    thread = await apart(threading.current_thread)
    assert thread is not threading.main_thread()
    assert thread.daemon


async def test_whatever_the_work_raises_is_raised_to_whoever_waits() -> None:
    def fail() -> None:
        raise KeyError("why")

    with pytest.raises(KeyError, match="why"):
        await apart(fail)
