"""How much of an input is read before it is refused."""

from __future__ import annotations

import attrs

__all__ = ["Limits"]


@attrs.frozen(kw_only=True)
class Limits:
    """Sizes beyond which an input is refused instead of being read into memory.

    Attributes:
        field: Bytes (UTF-8) of one text.
        line: Bytes of one line of a text file, or of one row of a table.
        workbook: Bytes of an XLSX once unpacked.
        cells: Cells of one sheet, counted over the rectangle from the first to the last used one.
        problems: Problems listed for one import; further ones are counted.
    """

    field: int = 1_000_000
    line: int = 4_000_000
    workbook: int = 256_000_000
    cells: int = 20_000_000
    problems: int = 200
