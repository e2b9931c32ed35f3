"""``govopen request``: a request for information, from its receipt to the reply."""

from __future__ import annotations

from govopen.cli.base import Entry, Group
from govopen.texts import N_

__all__ = ["request"]

_INTAKE = "govopen.cli.commands.request_intake"
_TIME = "govopen.cli.commands.request_time"
_REPLY = "govopen.cli.commands.request_reply"

request = Group(
    name="request",
    help=N_("Take in, handle and answer requests for information."),
    entries={
        "receive": Entry(f"{_INTAKE}:receive", N_("Take in requests from a file of them.")),
        "collect": Entry(
            "govopen.cli.commands.request_collect:collect", N_("Take in what waits in mailboxes and other channels.")
        ),
        "confirm": Entry(f"{_INTAKE}:confirm", N_("Record that the receipt is confirmed, or a letter signed for.")),
        "show": Entry("govopen.cli.commands.request_show:show", N_("Show where a request stands, and until when.")),
        "triage": Entry(f"{_INTAKE}:triage", N_("Decide whether documents are asked for, or advice.")),
        "ask-correction": Entry(f"{_INTAKE}:ask_correction", N_("Tell the applicant what to correct.")),
        "corrected": Entry(f"{_INTAKE}:corrected", N_("Take in the corrected request.")),
        "consult": Entry(f"{_INTAKE}:consult", N_("Ask a third party or another organ.")),
        "answered": Entry(f"{_INTAKE}:answered", N_("Record what was answered, or that nothing was.")),
        "extend": Entry(f"{_TIME}:extend", N_("Consent to an extension, as head of the openness office.")),
        "extended": Entry(f"{_TIME}:extended", N_("Record that the applicant was told of the extension.")),
        "ask-reasons": Entry(f"{_TIME}:ask_reasons", N_("Ask for the reasons of an excessive request.")),
        "weigh-reasons": Entry(f"{_TIME}:weigh_reasons", N_("Decide whether the reasons are good.")),
        "delay": Entry(f"{_TIME}:delay", N_("Put off the reply to an excessive request.")),
        "charge": Entry(f"{_TIME}:charge", N_("Notify a handling fee.")),
        "paid": Entry(f"{_TIME}:paid", N_("Record that the fee was paid.")),
        "reply": Entry(f"{_REPLY}:reply", N_("Reply to a request.")),
        "transfer": Entry(f"{_REPLY}:transfer", N_("Reply that another organ has the information.")),
        "abandon": Entry(f"{_REPLY}:abandon", N_("Record that the applicant let the time pass.")),
        "withdraw": Entry(f"{_REPLY}:withdraw", N_("Record that the applicant withdrew the request.")),
        "erase": Entry(f"{_REPLY}:erase", N_("Erase personal data whose time is over.")),
    },
)
"""The commands ``govopen request ...``."""
