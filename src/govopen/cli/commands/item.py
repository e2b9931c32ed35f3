"""``govopen item``: the review of an information item, step by step."""

from __future__ import annotations

from govopen.cli.base import Entry, Group
from govopen.texts import N_

__all__ = ["item"]

_STEPS = "govopen.cli.commands.item_steps"
_SECRECY = "govopen.cli.commands.item_secrecy"
_DRAFT = "govopen.cli.commands.item_draft"

item = Group(
    name="item",
    help=N_("Take the steps of an item's review, and show where it stands."),
    entries={
        "draft": Entry(f"{_DRAFT}:draft", N_("Record new items, or new content of items.")),
        "attach": Entry(f"{_DRAFT}:attach", N_("Add a file to an item.")),
        "show": Entry("govopen.cli.commands.item_show:show", N_("Show where an item stands.")),
        "secrecy": Entry(f"{_STEPS}:secrecy", N_("Record how the secrecy review ended.")),
        "propose": Entry(f"{_STEPS}:propose", N_("Propose the attribute, as its drafter.")),
        "review": Entry(f"{_STEPS}:review", N_("Support what was proposed, as section head.")),
        "return": Entry(f"{_STEPS}:send_back", N_("Return an item to its drafter.")),
        "decide": Entry(f"{_STEPS}:decide", N_("Decide as proposed, as principal leader.")),
        "withdraw": Entry(f"{_STEPS}:withdraw", N_("Take an item back from everywhere.")),
        "override": Entry(f"{_STEPS}:override", N_("Let pass what a screener held up.")),
        "determine": Entry(f"{_SECRECY}:determine", N_("Determine that something is a state secret.")),
        "extend": Entry(f"{_SECRECY}:extend", N_("Prolong a secrecy period.")),
        "declassify": Entry(f"{_SECRECY}:declassify", N_("End the secrecy early.")),
    },
)
"""The commands ``govopen item ...``."""
