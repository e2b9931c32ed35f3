"""Drafting, the steps of the review, and the public page."""

import json

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from govopen.errors import NotCleared, TransitionRefused
from govopen.model.catalog import InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.report.html import report_html
from notices.handing import hand_over_all
from notices.models import Notice
from notices.offices import BUREAU, actor_of, office

STEPS = {
    "secrecy": lambda opened, number, actor: opened.review_secrecy(number, actor, ReviewResult.NOT_CLASSIFIED),
    "propose": lambda opened, number, actor: opened.propose(number, actor, DisclosureAttribute.PROACTIVE),
    "review": lambda opened, number, actor: opened.review(number, actor),
    "decide": lambda opened, number, actor: opened.decide(number, actor),
}


@require_POST
@login_required
def draft(request: HttpRequest) -> HttpResponse:
    """Keep a notice, and hand it over once it is kept for good."""
    told = json.loads(request.body)
    with transaction.atomic():
        notice = Notice.objects.create(**told, author=request.user.get_username())
        transaction.on_commit(hand_over_all, robust=True)
    return JsonResponse({"number": notice.number}, status=201)


@require_POST
@login_required
def take(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """A step of the review."""
    if step not in STEPS:
        raise Http404
    try:
        with office() as opened:
            STEPS[step](opened, number, actor_of(request.user))
    except TransitionRefused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=403)
    return JsonResponse({"number": number, "step": step})


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """What the public may see. Not Django's row: what clear() gives."""
    with office() as opened:
        if opened.store.get(InformationItem, number) is None:
            raise Http404
        try:
            item = opened.clear(number).item
        except NotCleared as bars:
            raise Http404 from bars
    return JsonResponse({"number": item.id, "title": item.title, "text": item.text})


@require_GET
@login_required
def compliance(request: HttpRequest) -> HttpResponse:
    """The report, for those who are signed in."""
    with office() as opened:
        return HttpResponse(report_html(opened.check(), "zh-Hans", heading=BUREAU.name))
