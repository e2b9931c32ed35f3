"""The documents of one unit: its guide, catalogue, services, discretion tables and rules."""

project = "岭安区城市管理局"
author = "岭安区城市管理局"
language = "zh_CN"

extensions = ["govopen.sphinxext", "myst_parser"]
exclude_patterns = ["build"]

# Where the records are, whose documents these are, and of which day. Leave the day out for today's.
govopen_workspace = "../workspace"
govopen_unit = "urban"
govopen_as_of = "2011-12-31"

# XeLaTeX writes Chinese; a serious document has A4.
latex_elements = {"papersize": "a4paper"}
