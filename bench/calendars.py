"""Working-day arithmetic against a day-by-day loop over chinesecalendar, interleaved in one run.

Run ``python bench/calendars.py``. The budget is a ratio of at least 100 for 20 working days, the reply time since 2019.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import chinese_calendar

from govopen.calendars.china import _layered, _published, china_calendar

ROUNDS = 9
STARTS = 200
BUDGET = 100
DAY = dt.timedelta(days=1)


def loop(day: dt.date, count: int) -> dt.date:
    while count:
        day += DAY
        count -= chinese_calendar.is_workday(day)
    return day


def seconds(work: Callable[[dt.date, int], dt.date], starts: list[dt.date], count: int) -> float:
    began = time.perf_counter()
    for start in starts:
        work(start, count)
    return time.perf_counter() - began


def compare(count: int) -> float:
    calendar = china_calendar()
    # From 2008 on, where both have the same days, and far enough from the end for every count to be computable.
    first, last = dt.date(2008, 1, 1).toordinal(), calendar.coverage[1].toordinal() - 2 * count - 30
    draw = random.Random(count)
    starts = [dt.date.fromordinal(draw.randint(first, last)) for _ in range(STARTS)]
    for start in starts:
        assert calendar.add_working_days(start, count) == loop(start, count)
    ratios, ours, theirs = [], [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(loop, starts, count) / STARTS)
        ours.append(seconds(calendar.add_working_days, starts, count) / STARTS)
        ratios.append(theirs[-1] / ours[-1])
    ratio = statistics.median(ratios)
    print(
        f"{count:>5} working days: {statistics.median(ours) * 1e6:8.3f} us, day by day "
        f"{statistics.median(theirs) * 1e6:9.1f} us, ratio {ratio:8.0f}"
    )
    return ratio


def build() -> None:
    _published()  # loads the data
    times = []
    for _ in range(ROUNDS):
        _layered.cache_clear()
        began = time.perf_counter()
        china_calendar()
        times.append(time.perf_counter() - began)
    print(f"building the calendar: {statistics.median(times) * 1e3:.2f} ms (data loaded)")
    code = (
        "import time; from govopen.calendars.china import china_calendar; began = time.perf_counter();"
        "china_calendar(); print(time.perf_counter() - began)"
    )
    cold = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(ROUNDS)]
    print(f"first calendar of a process: {statistics.median(cold) * 1e3:.2f} ms (loads the data)")


def main() -> int:
    build()
    ratios = {count: compare(count) for count in (5, 20, 40)}
    print(f"budget: {BUDGET} for 20 working days: {'kept' if ratios[20] >= BUDGET else 'MISSED'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
