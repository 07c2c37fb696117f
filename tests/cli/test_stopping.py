from __future__ import annotations

import os
import signal

import pytest

from archiver.cli.stopping import stopped_by_signals


@pytest.fixture
def calls():
    return []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_softly(calls, number):
    before = signal.getsignal(number)
    with stopped_by_signals(lambda: calls.append("stop")) as stopped:
        os.kill(os.getpid(), number)
        assert stopped.wait(5)
    assert calls == ["stop"]
    assert signal.getsignal(number) is before


def test_a_second_ctrl_c_does_not_wait(calls):
    def twice():
        with stopped_by_signals(lambda: calls.append("stop")) as stopped:
            os.kill(os.getpid(), signal.SIGINT)
            assert stopped.wait(5)
            os.kill(os.getpid(), signal.SIGINT)
            stopped.wait(5)

    with pytest.raises(KeyboardInterrupt):
        twice()
    assert calls == ["stop"]


def test_what_is_ignored_stays_ignored(calls):
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stopped_by_signals(lambda: calls.append("stop")):
            os.kill(os.getpid(), signal.SIGINT)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert calls == []
