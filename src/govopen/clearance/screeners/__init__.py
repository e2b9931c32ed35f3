"""The built-in screeners: what must not be shown, and can be recognised by its form."""
