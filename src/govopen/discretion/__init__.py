"""Discretion tables, compiled, proved lawful and applied: pure functions over :mod:`govopen.model.discretion`."""
