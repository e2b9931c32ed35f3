"""The life of one record, and the publication of a district, for ``govopen demo``."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from govopen.errors import GovopenError, NotCleared
from govopen.model.actors import Actor, Role
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.office.facade import Office
from govopen.rules.results import Outcome
from govopen.texts import Text
from govopen.workflow.disclosure import DISCLOSURE, standing

__all__ = ["Published", "needs_no_more", "publish"]

_KIND = "static-site"
_UNIT = "office"
_ITEM = "office-demo-1"
_AWAITED = frozenset({Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT})
_TEXT = """各镇政府、街道办事处，区政府各部门、各直属机构：

为做好元旦、春节期间的政府信息公开工作，现将有关事项通知如下。

一、落实值守。各单位要安排专人负责政府网站信息发布和依申请公开受理，值班电话保持畅通。
二、及时更新。节日期间的便民服务、交通出行、市场供应等信息，要在本单位网站和区政府门户网站同步发布，内容保持一致。
三、严格审查。信息发布前须履行保密审查和公开属性审签程序，未经审定的信息一律不得发布。
四、依法答复。收到信息公开申请的，按照规定的途径登记受理，在法定期限内答复。

特此通知。"""


@attrs.frozen(kw_only=True)
class Published:
    """What the demo did.

    Attributes:
        item: Identifier of the record that was taken the whole way.
        steps: Each step and the state it led to.
        address: Of its page.
        shown: How many items each site shows, by identifier of the site.
        held_back: How many items are not cleared for the public.
        differences: How many copies differ from the records after publication.
        events: How many events the journal has.
        findings: Of a check after publication.
    """

    item: str
    steps: tuple[Text, ...]
    address: str
    shown: Mapping[str, int]
    held_back: int
    differences: int
    events: int
    findings: int


def needs_no_more(office: Office) -> bool:
    """Whether the plugin that makes the websites is there."""
    return _KIND in office.registry.publishers


def publish(office: Office) -> Published:
    """Take a record from draft to decision, publish everything that is cleared, and compare and check it all.

    Raises:
        GovopenError: The journal does not verify.
    """
    steps = _review(office)
    # The sites are new: what older systems published is there to be shown again.
    office.reconcile(repair=True)
    report = office.publish()
    compared = office.reconcile()
    journal = office.verify_journal()
    if not journal.ok:
        raise GovopenError("The journal does not verify.")
    findings = office.check().findings
    sent = {each.item: each.address for site in report.sites for each in site.delivered}
    return Published(
        item=_ITEM,
        steps=steps,
        address=sent.get(_ITEM, "-"),
        shown={site.site: len(site.delivered) for site in report.sites},
        held_back=sum(not _cleared(office, kept.record.id) for kept in office.store.scan(InformationItem)),
        differences=len(compared.differences),
        events=journal.events,
        findings=sum(entry.outcome not in _AWAITED for entry in findings),
    )


def _cleared(office: Office, item: str) -> bool:
    try:
        office.clear(item)
    except NotCleared:
        return False
    return True


def _actor(account: str, name: str, role: Role) -> Actor:
    return Actor(id=account, name=name, roles={_UNIT: frozenset({role})})


def _review(office: Office) -> tuple[Text, ...]:
    drafter = _actor("u1001", "曾某", Role.DRAFTER)
    reviewer = _actor("u1002", "何某", Role.SECRECY_REVIEWER)
    head = _actor("u1003", "邓某", Role.SECTION_HEAD)
    principal = _actor("u1004", "林某", Role.PRINCIPAL)
    item = InformationItem(
        id=_ITEM,
        unit=_UNIT,
        category=Category.OTHER,
        index_number=f"LA0010000/{office.today.year}-00990",
        title="关于做好元旦春节期间政府信息公开工作的通知",
        summary="对节日期间信息发布值守、保密审查和依申请公开答复提出要求。",
        issuer="岭安区人民政府办公室",
        created_on=office.today,
        text=_TEXT,
    )
    told: list[Text] = []

    def note(step: str, actor: Actor, after: InformationItem) -> None:
        title, state = DISCLOSURE.transition(step).title, standing(after, office.today).state.text
        told.append(Text(f"{title.zh}（{actor.id}）→ {state.zh}", f"{title.en} ({actor.id}) → {state.en}"))

    note("draft", drafter, office.draft(item, drafter))
    note("review_secrecy", reviewer, office.review_secrecy(_ITEM, reviewer, ReviewResult.NOT_CLASSIFIED))
    note("propose", drafter, office.propose(_ITEM, drafter, DisclosureAttribute.PROACTIVE))
    note("review", head, office.review(_ITEM, head))
    note("decide", principal, office.decide(_ITEM, principal))
    return tuple(told)
