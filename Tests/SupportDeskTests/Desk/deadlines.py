#!/usr/bin/env python3
"""Deadlines by brute force, for DeadlineTableTests: walks over real minutes and reads the clock of each.

Shares nothing with the program under test: clocks come from zoneinfo, Easter from Gauss's rule, holidays are written out
once more. Prints CSV; deadlines.csv is its output:  python3 deadlines.py > deadlines.csv
"""
import csv
import sys
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC = timezone.utc
OFFICE = [("09:00", "12:30"), ("14:00", "18:00")]


@lru_cache(None)
def easter(year):
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    if d == 29 and e == 6:
        return date(year, 4, 19)
    if d == 28 and e == 6 and a > 10:
        return date(year, 4, 18)
    return date(year, 3, 22) + timedelta(days=d + e)


@lru_cache(None)
def french(year):
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    return {date(year, m, d) for m, d in fixed} | {easter(year) + timedelta(days=n) for n in (1, 39, 50)}


def days(first, last):
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        yield day
        day += timedelta(days=1)


class Calendar:
    def __init__(self, zone, week, holidays=french, closed=(), open=(), special=None):
        self.zone = ZoneInfo(zone)
        self.week = week  # by weekday, Monday is 0
        self.holidays = holidays
        self.closed = set(closed)
        self.open = set(open)
        self.special = special or (lambda day: None)

    @lru_cache(None)
    def windows(self, day):
        usual = self.week.get(day.weekday(), [])
        special = self.special(day)
        if special is not None:
            return special
        if day in self.open:
            return usual
        if day in self.closed or day in self.holidays(day.year):
            return []
        return usual

    def shows_open(self, instant):
        wall = instant.astimezone(self.zone)
        clock = wall.strftime("%H:%M")
        return any(begin <= clock < end for begin, end in self.windows(wall.date()))

    def due(self, received, response):
        now, rest = received, response
        while True:
            minute = now.replace(second=0, microsecond=0)
            step = minute + timedelta(minutes=1) - now
            if self.shows_open(minute):
                if rest <= step:
                    return now + rest
                rest -= step
            now += step


WEEK = {day: OFFICE for day in range(5)}
ALWAYS = {day: [("00:00", "24:00")] for day in range(7)}


def alsace(year):
    return french(year) | {easter(year) - timedelta(days=2), date(year, 12, 26)}


CALENDARS = {
    "desk": Calendar("Europe/Paris", WEEK),
    "alsace": Calendar("Europe/Paris", WEEK, alsace),
    "reunion": Calendar("Indian/Reunion", WEEK, lambda year: french(year) | {date(year, 12, 20)}),
    "martinique": Calendar("America/Martinique", WEEK, lambda year: french(year) | {date(year, 5, 22)}),
    "saint-martin": Calendar(
        "America/Marigot", WEEK, lambda year: french(year) | {date(year, 5, 28 if year >= 2018 else 27)}),
    "saturday": Calendar("Europe/Paris", {**WEEK, 5: [("09:00", "12:00")]}),
    "solidarity": Calendar("Europe/Paris", WEEK, open=[date(2026, 5, 25)]),
    "summer": Calendar("Europe/Paris", WEEK, closed=[*days("2026-08-03", "2026-08-14"), date(2026, 12, 31)]),
    "christmas": Calendar(
        "Europe/Paris", WEEK,
        special=lambda day: [("09:00", "12:00")] if (day.month, day.day) == (12, 24) else None),
    "night": Calendar("Europe/Paris", ALWAYS, lambda year: set()),
    "small-hours": Calendar("Europe/Paris", {6: [("02:00", "03:00")]}, lambda year: set()),
    "newfoundland": Calendar("America/St_Johns", {5: [("22:00", "24:00")], 6: [("00:00", "00:30")]}, lambda year: set()),
}

# Where a time is shown twice, "second" asks for the second one.
CASES = """
desk 4h 2026-11-23 08:59:59        just before opening
desk 4h 2026-11-23 08:59:59.999    a millisecond before opening
desk 4h 2026-11-23 09:00:00        at opening
desk 4h 2026-11-23 09:00:00.001    a millisecond after opening
desk 4h 2026-11-23 09:00:01        just after opening
desk 4h 2026-11-23 10:17:42.345    in the morning
desk 4h 2026-11-23 12:00:00        half an hour before lunch
desk 4h 2026-11-23 12:29:59        just before lunch
desk 4h 2026-11-23 12:29:59.999    a millisecond before lunch
desk 4h 2026-11-23 12:30:00        lunch begins
desk 4h 2026-11-23 12:30:00.001    lunch has begun
desk 4h 2026-11-23 13:15:00        at lunch
desk 4h 2026-11-23 13:59:59.999    lunch ends
desk 4h 2026-11-23 14:00:00        after lunch, due at closing
desk 4h 2026-11-23 14:00:00.001    a millisecond too late for today
desk 4h 2026-11-23 14:00:01        a second too late for today
desk 4h 2026-11-23 17:30:00        half an hour before closing
desk 4h 2026-11-23 17:59:59        just before closing
desk 4h 2026-11-23 17:59:59.999    a millisecond before closing
desk 4h 2026-11-23 18:00:00        at closing
desk 4h 2026-11-23 20:45:10        in the evening
desk 4h 2026-11-23 23:59:59        before midnight
desk 4h 2026-11-24 00:00:00        midnight
desk 4h 2026-11-24 03:30:00        at night
desk 4h 2026-11-27 14:00:00        Friday, due at closing
desk 4h 2026-11-27 14:00:01        Friday, due on Monday
desk 4h 2026-11-27 17:30:00        Friday before closing
desk 4h 2026-11-27 18:00:00        Friday at closing
desk 4h 2026-11-28 10:00:00        Saturday
desk 4h 2026-11-29 23:59:59.999    Sunday
desk 1h 2026-11-23 11:30:00        an hour, due when lunch begins
desk 1h 2026-11-23 11:30:00.001    an hour, over lunch
desk 1h 2026-11-23 17:00:00        an hour, due at closing
desk 1h 2026-11-27 17:12:00        an hour over the weekend
desk 8h 2026-11-23 09:00:00        eight hours from opening
desk 8h 2026-11-26 14:00:00        eight hours from Thursday afternoon
desk 8h 2026-12-24 17:00:00        eight hours over Christmas
desk 30m 2026-11-23 12:00:00       half an hour, due when lunch begins
desk 30m 2026-11-23 12:15:00       half an hour over lunch
desk 30m 2026-11-23 17:45:30.250   half an hour over night
desk 30m 2026-11-29 12:00:00       half an hour, asked on Sunday
desk 4h 2026-01-01 10:00:00        New Year's Day, a Thursday
desk 4h 2026-04-06 10:00:00        Easter Monday
desk 4h 2026-05-01 10:00:00        May Day, a Friday
desk 4h 2026-05-08 10:00:00        8 May, a Friday
desk 4h 2026-05-14 10:00:00        Ascension, a Thursday
desk 4h 2026-05-25 10:00:00        Whit Monday
desk 4h 2026-07-14 10:00:00        14 July, a Tuesday
desk 4h 2026-08-15 10:00:00        15 August, a Saturday
desk 4h 2025-08-15 10:00:00        15 August, a Friday
desk 4h 2026-11-01 10:00:00        1 November, a Sunday
desk 4h 2027-11-01 10:00:00        1 November, a Monday
desk 4h 2026-11-11 10:00:00        11 November, a Wednesday
desk 4h 2026-12-25 10:00:00        Christmas, a Friday
desk 4h 2024-03-29 17:00:00        Easter and the change of clocks
desk 4h 2024-05-07 17:00:00        8 May and Ascension in a row
desk 4h 2026-12-31 17:00:00        New Year and a weekend
desk 4h 2026-08-14 17:00:00        before 15 August, a Saturday
desk 4h 2026-07-13 17:00:00        a bridge that is worked
desk 4h 2026-05-15 17:00:00        the bridge after Ascension
desk 4h 2008-04-30 17:00:00        May Day and Ascension on one day
desk 4h 2024-02-28 17:00:00        before a leap day
desk 4h 2024-02-29 17:00:00        on a leap day
desk 4h 2023-02-28 17:00:00        no leap day
desk 4h 2024-12-31 18:00:00        year end
desk 4h 2026-03-27 17:00:00        over the weekend on which clocks go forward
desk 4h 2026-03-29 02:30:00        in the hour that is skipped
desk 4h 2026-10-23 17:00:00        over the weekend on which clocks go back
desk 4h 2026-10-25 02:30:00        in the hour shown twice, first
desk 4h 2026-10-25 02:30:00 second in the hour shown twice, second
desk 4h 2038-04-23 17:00:00        the latest Easter of the century
desk 4h 2008-03-21 17:00:00        an early Easter
alsace 4h 2026-04-02 17:00:00      Good Friday in Strasbourg
desk 4h 2026-04-02 17:00:00        Good Friday elsewhere
alsace 4h 2025-12-24 17:00:00      26 December in Strasbourg
desk 4h 2025-12-24 17:00:00        26 December elsewhere
reunion 4h 2027-12-17 17:00:00     20 December, a Monday, in Réunion
reunion 4h 2026-11-23 12:29:59     no change of clocks in Réunion
martinique 4h 2026-05-21 17:00:00  22 May, a Friday, in Martinique
martinique 4h 2026-05-08 10:00:00  8 May in Martinique
martinique 4h 2026-11-27 17:30:00  Friday in Martinique
saint-martin 4h 2026-05-27 17:00:00 28 May in Saint-Martin
saint-martin 4h 2016-05-26 17:00:00 27 May in Saint-Martin, as it was
saturday 4h 2026-11-27 17:30:00    Friday before a Saturday that is worked
saturday 4h 2026-11-28 09:30:00    Saturday morning
saturday 4h 2026-11-28 12:00:00    Saturday at closing
saturday 1h 2026-11-28 11:00:00    due at closing on Saturday
saturday 4h 2026-08-14 16:00:00    15 August closes a Saturday
solidarity 4h 2026-05-22 17:00:00  Whit Monday worked
solidarity 4h 2026-05-25 10:00:00  received on Whit Monday worked
solidarity 4h 2027-05-14 17:00:00  the next Whit Monday, not worked
christmas 4h 2026-12-24 08:00:00   half a day on 24 December
christmas 1h 2026-12-24 11:00:00   due at the end of the half day
christmas 8h 2025-12-23 17:00:00   over the half day of another year
christmas 4h 2022-12-23 17:00:00   24 December, a Saturday, worked
summer 4h 2026-07-31 17:00:00      before two weeks of closing
summer 4h 2026-08-05 10:00:00      amid two weeks of closing
summer 4h 2026-08-14 18:00:00      at the end of two weeks of closing
summer 8h 2026-12-30 17:00:00      closed on New Year's Eve
night 4h 2026-03-29 00:30:00       24 hours a day, clocks go forward
night 1h 2026-03-29 01:59:59.999   just before clocks go forward
night 30m 2026-03-29 03:00:00      clocks have gone forward
night 4h 2026-10-25 00:30:00       24 hours a day, clocks go back
night 1h 2026-10-25 02:00:00       an hour in the hour shown twice, first
night 30m 2026-10-25 02:45:00 second amid the hour shown twice, second
night 8h 2026-12-31 20:00:00       24 hours a day, over the year's end
small-hours 30m 2026-03-22 02:45:00 the hour from 2 to 3 is skipped
small-hours 1h 2026-03-29 00:00:00 the hour from 2 to 3 is skipped, received before
small-hours 1h 2026-10-25 02:30:00 the hour from 2 to 3 comes twice
small-hours 4h 2026-10-18 02:00:00 four hours of it
newfoundland 1h 2010-11-06 23:30:00 clocks go back from 00:01
newfoundland 4h 2010-11-06 22:00:00 clocks go back from 00:01, and on
newfoundland 30m 2010-11-07 00:00:30 the first minute of Sunday
"""

RESPONSES = {"30m": timedelta(minutes=30), **{f"{n}h": timedelta(hours=n) for n in (1, 4, 8)}}


def text(instant):
    instant = instant.astimezone(UTC)
    assert instant.microsecond % 1000 == 0
    fraction = f".{instant.microsecond // 1000:03}" if instant.microsecond else ""
    return instant.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["calendar", "response", "received", "due", "received there", "due there", "case"])
    for line in CASES.strip().splitlines():
        name, response, day, clock, case = line.split(maxsplit=4)
        fold = 0
        if case.startswith("second "):
            fold, case = 1, case.removeprefix("second ").strip()
        calendar = CALENDARS[name]
        wall = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=calendar.zone, fold=fold)
        received = wall.astimezone(UTC)
        due = calendar.due(received, RESPONSES[response])
        there = [time.astimezone(calendar.zone).strftime("%a %H:%M:%S %z") for time in (received, due)]
        out.writerow([name, response, text(received), text(due), *there, case.strip()])


main()
