"""Discretion tables, compiled, proved lawful and applied: pure functions over ``govopen.model.discretion``."""
