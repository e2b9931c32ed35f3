"""Discretion tables as files: TOML, XLSX and DMN, in and out."""
