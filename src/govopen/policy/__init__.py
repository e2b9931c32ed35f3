"""Legal instruments as data: clauses, obligations, citations, and matters of law through time.

* :mod:`~govopen.policy.citation`: a place in an instrument, as fixed text.
* :mod:`~govopen.policy.instrument`: instruments, clauses, obligations, the bodies they bind,
  and what later law did to them.
* :mod:`~govopen.policy.matter`: one question of law through time.
* :mod:`~govopen.policy.loading`: TOML files into these, every error at once and with its path
  (:mod:`~govopen.policy.structuring`).
* :mod:`~govopen.policy.consistency`: what must hold across all of them.
* :mod:`~govopen.policy.library`: all of them together, looked up by id and by citation.
* :mod:`~govopen.policy.dates`: dates and document numbers as official papers print them.
"""
