"""Periods and working days.

:mod:`~govopen.calendars.period` says how long, :mod:`~govopen.calendars.due` when that ends,
:mod:`~govopen.calendars.port` what a calendar must answer, :mod:`~govopen.calendars.china` which days are worked in
mainland China, and :mod:`~govopen.calendars.overlay` how a unit adds next year's notice or a local holiday.
"""
