"""Discretion tables, what was proved of them and what they decide, for readers and programs."""
