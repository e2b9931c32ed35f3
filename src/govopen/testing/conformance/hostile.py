"""Texts, names of files and identifiers that were made to do harm, for every kit whose implementations show them."""

from __future__ import annotations

__all__ = ["FILE_NAMES", "IDENTIFIERS", "TEXTS"]

TEXTS = (
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "a\0b",
    "\u202egnp.exe",
    "𠀀😀 & \"'`",
    "]]> --> %00 %2e%2e%2f",
    '"""\\" . <a> <b> \\u0041 @en ^^',
    "{{7*7}} ${x} =cmd|' /C calc'!A0",
    "x" * 500,
    "长" * 300,
)
"""Texts."""

FILE_NAMES = (
    "../../../outside.txt",
    "a/b\\c.txt",
    "nul\0.txt",
    "\u202etxt.exe",
    "CON",
    "con.txt",
    "..",
    ".hidden",
    "A.txt",
    "a.txt",
    "a.txt",
    "<b>&'\".txt",
    "𠀀😀.txt",
    "长" * 200 + ".txt",
)
"""Names of files, two of them the same."""

IDENTIFIERS = (
    "..",
    ".",
    "con",
    "A",
    "a",
    "%2e%2e",
    "#2",
    "?q=1",
    "*",
    "~",
    "长" * 120,
    "𠀀😀",
    "-",
    "a:b",
    "é",
    "e\u0301",
)
"""Identifiers, all of which an import takes, each another one."""
