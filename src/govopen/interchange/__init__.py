"""Records in from files (JSON Lines, CSV, XLSX); JSON Schema and XLSX templates out."""
