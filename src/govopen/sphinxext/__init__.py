"""Sphinx directives that document rules, instruments and hooks from the code."""
