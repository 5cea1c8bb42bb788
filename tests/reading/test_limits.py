"""The time that one article may take."""

from __future__ import annotations

import time

import pytest

from site_builder.reading.body.limits import TimeExceeded, deadline


def test_work_is_given_up_and_waiting_is_not() -> None:
    with deadline(0.05):
        time.sleep(0.3)  # as on a machine that was suspended, or does something else
    with pytest.raises(TimeExceeded), deadline(0.05):
        while True:
            pass
    end = time.process_time() + 0.2
    while time.process_time() < end:  # no alarm is left
        pass
