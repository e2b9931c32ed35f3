"""Handing notices over to govopen, after Django's own commit, and again if that failed."""

from django.contrib.auth import get_user_model

from govopen.errors import GovopenError
from govopen.model.catalog import Category, InformationItem
from notices.models import Notice
from notices.offices import BUREAU, actor_of, office

__all__ = ["hand_over", "hand_over_all"]


def hand_over(notice: Notice) -> None:
    """Let govopen have the notice as a draft. Twice does no harm: the same content again changes nothing.

    Raises:
        TransitionRefused: Its author may not draft.
    """
    author = get_user_model().objects.get(username=notice.author)
    with office() as opened:
        item = InformationItem(
            id=notice.number,
            unit=BUREAU.id,
            category=Category.OTHER,
            title=notice.title,
            text=notice.text,
            issuer=BUREAU.name,
            created_on=opened.today,
        )
        held = opened.store.get(InformationItem, notice.number)
        if held is None or (held.record.title, held.record.text) != (notice.title, notice.text):
            opened.draft(item, actor_of(author))
    Notice.objects.filter(pk=notice.pk).update(handed_over=True)


def hand_over_all() -> dict[str, str]:
    """Hand over whatever is not there yet; what failed, by number. Nightly, and after a failure."""
    failed = {}
    for notice in Notice.objects.filter(handed_over=False):
        try:
            hand_over(notice)
        except GovopenError as error:
            # The text names no content: it may go into a log.
            failed[notice.number] = str(error)
    return failed
