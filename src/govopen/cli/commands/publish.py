"""``govopen publish``."""

from __future__ import annotations

from pathlib import Path

import click

from govopen.cli.acting import actor_of, as_option
from govopen.cli.base import command, one_of, option
from govopen.cli.failures import FAILED, OK, PLUGIN_FAILED
from govopen.cli.output import console, emit, note
from govopen.cli.parameters import workspace_option
from govopen.cli.session import session_of
from govopen.model.website import Site
from govopen.office.facade import Office
from govopen.office.publishing import PublicationReport
from govopen.report.publication import print_publication, publication_json
from govopen.report.sheet import Sheet
from govopen.texts import N_

__all__ = ["publish"]


@command(
    "publish",
    about=N_(
        "Bring the sites to what the records call for: show what is cleared for the public, take away what is not. "
        "Every item is cleared again on its way."
    ),
)
@workspace_option(about=N_("The workspace. Default: this folder."))
@option("--site", "sites", multiple=True, metavar="ID", about=N_("Only this site. Can be repeated."))
@option("--no-sweep", is_flag=True, about=N_("Deliver only what waits already, without going through all records."))
@option("--repair", is_flag=True, about=N_("Compare the sites with the records first, and mend what differs."))
@option(
    "--retry-parked", is_flag=True, about=N_("Try again what was tried too often and parked, once its cause is mended.")
)
@option("--format", "form", type=one_of("text", "json"), default="text", about=N_("Default: text."))
@as_option(about=N_("On whose behalf: an account under [actors]. Default: GOVOPEN_ACTOR, or the program itself."))
@click.pass_context
def publish(
    ctx: click.Context,
    /,
    *,
    workspace: Path,
    sites: tuple[str, ...],
    no_sweep: bool,
    repair: bool,
    retry_parked: bool,
    form: str,
    account: str | None,
) -> int:
    """Publish; the status says whether anything was refused or failed."""
    words = session_of(ctx).words
    with Office.open(workspace) as office:
        actor = actor_of(office, account) if account else None
        wanted = sites or None
        if repair:
            compared = office.reconcile(sites=wanted, actor=actor, repair=True)
            note(words.say("Differences found and queued to be mended: {count}", count=len(compared.differences)))
        report = office.publish(sites=wanted, actor=actor, sweep=not no_sweep, retry_parked=retry_parked)
        held = ((site.site, office.store.get(Site, site.site)) for site in report.sites)
        addresses = {id_: found.record.url for id_, found in held if found is not None}
    if form == "json":
        emit(publication_json(report, addresses), None)
    else:
        print_publication(report, addresses, Sheet(console(), words))
    return _status(report)


def _status(report: PublicationReport) -> int:
    if any(site.faults for site in report.sites):
        return PLUGIN_FAILED
    return FAILED if any(site.failed or site.parked or site.refused for site in report.sites) else OK
