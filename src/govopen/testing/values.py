"""Hypothesis strategies for single values, as an import takes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from govopen.interchange.values import FIRST_YEAR, LAST_YEAR

__all__ = ["dates", "decimals", "identifiers", "texts"]

_ID_CHARACTERS = "abcxyzABCXYZ0123456789-._:()〔〕番禺区府办信息公开"


def identifiers() -> st.SearchStrategy[str]:
    """Identifiers as they are after normalising."""
    return st.text(_ID_CHARACTERS, min_size=1, max_size=30)


def texts() -> st.SearchStrategy[str]:
    """Texts without blanks around them, with line ends, quotes and characters of many scripts within; not empty."""
    characters = st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t番禺，；。“”〔〕①"
    )
    return st.text(characters, min_size=1, max_size=60).map(str.strip).filter(bool)


def dates() -> st.SearchStrategy[dt.date]:
    """Days that an import takes."""
    return st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31))


def decimals() -> st.SearchStrategy[Decimal]:
    """Sums of money with up to four places."""
    return st.decimals(0, 10**12, places=4, allow_nan=False, allow_infinity=False)
