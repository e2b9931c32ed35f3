"""Sphinx settings. A warning is an error: `nox -s docs`."""

from __future__ import annotations

import govopen

project = "govopen"
author = "The govopen authors"
copyright = "The govopen authors, Apache-2.0"
release = version = govopen.__version__
language = "en"
# `sphinx-build -D language=zh_CN` makes the Chinese documentation; tools/docs_messages.py keeps its catalogues.
locale_dirs = ["locales"]
gettext_compact = False

extensions = [
    "govopen.sphinxext",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}

# English pages with Chinese words in them; a page for screens needs nothing of this.
latex_engine = "xelatex"
latex_elements = {"preamble": r"\usepackage{xeCJK}"}

html_theme = "furo"
html_title = f"govopen {release}"
html_show_sphinx = False
html_copy_source = False

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_class_signature = "separated"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

# The build needs no network, so there is no inventory of other projects' names to resolve theirs by. Our own resolve,
# or the build fails.
nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"(?!govopen\b).*"),
    # Type variables have no page.
    ("py:(class|obj)", r"govopen\..*\._?[A-Z](_co)?"),
]
