"""What the command line says, in the language of the user."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govopen.errors import GovopenError, InputError, Problem
from govopen.report.wording import Wording

__all__ = ["Words"]


@attrs.frozen
class Words(Wording):
    """The wording of the program, and how it tells errors."""

    def error(self, error: GovopenError) -> Iterator[str]:
        """An error, line by line: what is wrong, every problem with its place, and what to do next."""
        yield self.say("Error: {text}", text=self.say(error.message, **error.facts))
        if isinstance(error, InputError):
            for problem in error.problems:
                yield f"  {self.problem(problem)}"
        if error.hint:
            yield self.say(error.hint, **error.facts)

    def problem(self, problem: Problem) -> str:
        """A problem: where, what, and what is accepted."""
        place = f"{problem.where}: {problem.path}" if problem.path else problem.where
        text = f"{place}: {self.say(problem.message, **problem.facts)}"
        if not problem.accepted:
            return text
        gap = "" if self.lang == "zh-Hans" else " "
        return f"{text}{gap}{self.say(problem.accepted, **problem.facts)}"
