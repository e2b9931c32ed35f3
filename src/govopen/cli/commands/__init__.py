"""The commands, one module each. A module is imported when its command is run, with all that it needs."""
