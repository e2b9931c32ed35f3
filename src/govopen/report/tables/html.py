"""A discretion table as one page: no network, no script, fit to print and to publish."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from govopen import __version__
from govopen.discretion.table import Table
from govopen.report.tables.areas import drawable
from govopen.report.tables.rows import sheeted
from govopen.report.tables.svg import table_svg
from govopen.report.tables.wording import ANY, TableWords
from govopen.report.templating import template
from govopen.texts import Language

__all__ = ["table_html"]


def table_html(table: Table, lang: Language, *, inputs: Sequence[str] = ()) -> str:
    """The page, with the picture of the table.

    Args:
        table: The table.
        lang: Language of the page; the texts of the table stay as they are.
        inputs: The inputs of the picture. Default: the first that are ordered; no picture where none can be drawn.

    Raises:
        InputError: There is no such input, or it has too many cells for a picture.
    """
    words = TableWords(lang)
    drawn = inputs or any(drawable(table, at) for at in range(len(table.axes)))
    # An SVG writer escapes its texts itself.
    picture = Markup(table_svg(table, lang, inputs=inputs)) if drawn else ""  # noqa: S704
    return template("discretion-table.html.jinja").render(
        sheet=sheeted(table, words),
        words=words,
        lang=lang,
        any=words.text(ANY),
        picture=picture,
        version=__version__,
    )
