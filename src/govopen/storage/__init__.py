"""Where records live: the store port, its SQLite implementation, and what goes in and out of files."""
