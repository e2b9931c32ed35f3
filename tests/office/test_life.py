"""The life of a record through the office: reviewed, cleared, shown, changed, taken back; and a request answered."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
import sqlalchemy as sa

from govopen.errors import InputError, NotCleared, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import AuthorityKind, ClassifiedItem, DisclosureAttribute, ReviewResult, SecrecyLevel
from govopen.model.published import public_digest
from govopen.model.publishing import Delivery, Observation
from govopen.model.requests import Applicant, ApplicantKind, ChannelKind, Reply, ReplyOutcome, Request, RequestKind
from govopen.model.units import Unit, UnitKind
from govopen.model.website import Publication, Site, SiteKind
from govopen.office.clock import SHANGHAI, FixedClock
from govopen.office.facade import Office
from govopen.plugins.registry import Registry

DAY = dt.date(2011, 10, 10)
BUREAU = Unit(id="bureau", name="示例局", kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113")
SITES = (
    Site(id="own", unit="bureau", kind=SiteKind.OWN, since=dt.date(2008, 1, 1)),
    Site(id="portal", unit="bureau", kind=SiteKind.PORTAL, since=dt.date(2008, 1, 1)),
)
SETTINGS = """
[publishers.both]
kind = "folder"
sites = ["own", "portal"]
folder = "public/{site}"

[requests]
keep = "1y"
"""


def staff(account: str, *roles: Role) -> Actor:
    return Actor(id=account, name=f"{account}某", roles={"bureau": frozenset(roles)})


DRAFTER = staff("drafter", Role.DRAFTER)
REVIEWER = staff("reviewer", Role.SECRECY_REVIEWER)
HEAD = staff("head", Role.SECTION_HEAD)
LEADER = staff("leader", Role.PRINCIPAL)
CLASSIFIER = staff("classifier", Role.CLASSIFIER)
CLERK = staff("clerk", Role.REQUEST_CLERK)
RECORDS = staff("records", Role.RECORDS_OFFICER)
ITEM = InformationItem(
    id="notice-1",
    unit="bureau",
    category=Category.OTHER,
    index_number="K0001/2011-00001",
    title="关于办公时间的通知",
    summary="调整办公时间。",
    issuer="示例局",
    created_on=DAY,
    text="自下月起，办事窗口延长服务时间。",
)


def prepared(office: Office) -> Office:
    with office.store.transaction() as transaction:
        transaction.put_many([BUREAU, *SITES], replace=True)
    return office


@pytest.fixture
def workspace(folder: Path) -> Path:
    path = folder / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def office(workspace: Path, registry: Registry) -> Iterator[Office]:
    with on(workspace, registry, DAY) as opened:
        yield prepared(opened)


def on(workspace: Path, registry: Registry, day: dt.date) -> Office:
    clock = FixedClock(dt.datetime.combine(day, dt.time(9), SHANGHAI))
    return Office.open(workspace / "govopen.toml", registry=registry, clock=clock)


def settle(
    office: Office, item: InformationItem = ITEM, attribute: DisclosureAttribute = DisclosureAttribute.PROACTIVE
) -> None:
    office.draft(item, DRAFTER)
    office.review_secrecy(item.id, REVIEWER, ReviewResult.NOT_CLASSIFIED)
    office.propose(item.id, DRAFTER, attribute)
    office.review(item.id, HEAD)
    office.decide(item.id, LEADER)


def shown(workspace: Path) -> str:
    """Everything that stands anywhere under the public folder, names included."""
    found = sorted((workspace / "public").rglob("*"))
    names = " ".join(str(path) for path in found)
    return names + " ".join(path.read_text(encoding="utf-8", errors="replace") for path in found if path.is_file())


def test_what_is_decided_is_shown_on_both_sites_and_agrees(office: Office, workspace: Path) -> None:
    settle(office)
    report = office.publish(sweep=False)
    assert [(site.site, len(site.delivered)) for site in report.sites] == [("own", 1), ("portal", 1)]
    assert shown(workspace).count(ITEM.text) >= 2
    assert list(office.store.scan(Delivery)) == []
    published = [kept.record for kept in office.store.scan(Publication)]
    assert {(entry.site, entry.published_on, entry.digest) for entry in published} == {
        (site, DAY, public_digest(office.clear("notice-1").item)) for site in ("own", "portal")
    }
    assert office.reconcile().agrees
    assert {kept.record.site for kept in office.store.scan(Observation)} == {"own", "portal"}
    assert office.verify_journal().ok


def test_nothing_is_shown_before_the_leader_decides(office: Office, workspace: Path) -> None:
    for step in (
        lambda: office.draft(ITEM, DRAFTER),
        lambda: office.review_secrecy("notice-1", REVIEWER, ReviewResult.NOT_CLASSIFIED),
        lambda: office.propose("notice-1", DRAFTER, DisclosureAttribute.PROACTIVE),
        lambda: office.review("notice-1", HEAD),
    ):
        step()
        office.publish()
        assert ITEM.text not in shown(workspace)
        with pytest.raises(NotCleared):
            office.clear("notice-1")


@pytest.mark.parametrize("attribute", [DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT])
def test_what_is_not_for_everybody_stays_inside(
    office: Office, workspace: Path, attribute: DisclosureAttribute
) -> None:
    office.draft(ITEM, DRAFTER)
    office.review_secrecy("notice-1", REVIEWER, ReviewResult.NOT_CLASSIFIED)
    ground = "internal" if attribute is DisclosureAttribute.EXEMPT else ""
    office.propose("notice-1", DRAFTER, attribute, ground=ground)
    office.review("notice-1", HEAD)
    office.decide("notice-1", LEADER)
    office.publish()
    assert ITEM.text not in shown(workspace)


def test_a_change_takes_the_item_away_until_it_is_reviewed_again(office: Office, workspace: Path) -> None:
    settle(office)
    office.publish()
    changed = attrs.evolve(ITEM, text="改为下季度起实施。")
    office.draft(changed, DRAFTER)
    office.publish(sweep=False)
    assert ITEM.text not in shown(workspace)
    settle(office, changed)
    office.publish(sweep=False)
    assert "改为下季度起实施" in shown(workspace)


def test_a_withdrawal_takes_the_item_from_everywhere(office: Office, workspace: Path) -> None:
    settle(office)
    office.publish()
    office.withdraw("notice-1", LEADER, "内容有误")
    office.publish(sweep=False)
    everything = shown(workspace)
    assert ITEM.text not in everything
    assert ITEM.title not in everything
    assert all(kept.record.withdrawn_on == DAY for kept in office.store.scan(Publication))
    assert office.reconcile().agrees


def test_what_is_found_classified_leaves_the_system_and_the_sites(
    office: Office, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "plan.txt").write_text("附件的内容", encoding="utf-8")
    office.draft(ITEM, DRAFTER)
    item = office.attach("notice-1", tmp_path / "plan.txt", DRAFTER)
    settle(office, item)
    office.publish()
    assert "附件的内容" in shown(workspace)
    office.determine(
        "notice-1",
        CLASSIFIER,
        level=SecrecyLevel.MIMI,
        basis="secrets-2010:15",
        authority=AuthorityKind.DERIVATIVE,
        authorisation="SC-2011-001",
        until=dt.date(2016, 10, 9),
    )
    office.publish(sweep=False)
    everything = shown(workspace)
    assert ITEM.text not in everything
    assert "附件的内容" not in everything
    assert office.store.get(InformationItem, "notice-1") is None
    assert office.store.get(ClassifiedItem, "notice-1") is not None
    assert office.verify_journal().ok
    # What is erased stays in the log of the database until the last connection is closed.
    office.close()
    database = b"".join(path.read_bytes() for path in (workspace / "data").iterdir())
    assert "自下月起".encode() not in database
    assert "附件的内容".encode() not in database


def test_what_screening_holds_up_waits_for_a_named_person(office: Office, workspace: Path) -> None:
    item = attrs.evolve(ITEM, text="咨询请拨打13800138000。")
    settle(office, item)
    office.publish()
    assert "13800138000" not in shown(workspace)
    with pytest.raises(NotCleared) as caught:
        office.clear("notice-1")
    assert "held-up" in caught.value.bars
    with pytest.raises(TransitionRefused):
        office.override("notice-1", DRAFTER, "mobile-number", "公开的咨询电话")
    with pytest.raises(InputError):
        office.override("notice-1", HEAD, "mobile-number", " ")
    with pytest.raises(InputError):
        office.override("notice-1", HEAD, "bank-card", "没有这样的内容")
    office.override("notice-1", HEAD, "mobile-number", "公开的咨询电话")
    office.publish(sweep=False)
    assert "13800138000" in shown(workspace)
    (event,) = [entry for entry in office.store.journal("bureau") if entry.type == "screening-override"]
    assert (event.actor, event.role, event.cause) == ("head", "section_head", "clearance.override")


def test_a_copy_that_somebody_changed_is_found_and_mended(office: Office, workspace: Path) -> None:
    settle(office)
    office.publish()
    path = next(path for path in (workspace / "public" / "own").rglob("item.json"))
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | {"summary": "改过"}, ensure_ascii=False), encoding="utf-8")
    report = office.reconcile(repair=True)
    assert [(entry.item, entry.site) for entry in report.differences] == [("notice-1", "own")]
    office.publish(sweep=False)
    assert office.reconcile().agrees


def test_the_journal_knows_who_did_what_and_no_words(office: Office) -> None:
    settle(office)
    entries = [entry for entry in office.store.journal("bureau") if entry.cause.startswith("disclosure.")]
    told = [(entry.actor, entry.role, entry.cause) for entry in entries if entry.type == "information-item"]
    assert told == [
        ("drafter", "drafter", "disclosure.draft"),
        ("reviewer", "secrecy_reviewer", "disclosure.review_secrecy"),
        ("drafter", "drafter", "disclosure.propose"),
        ("head", "section_head", "disclosure.review"),
        ("leader", "principal", "disclosure.decide"),
    ]
    assert all(ITEM.title not in repr(attrs.evolve(entry, body=None)) for entry in entries)


def test_an_office_works_inside_the_host_s_transaction(workspace: Path, registry: Registry, tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'host.db'}")
    with engine.connect() as connection:
        transaction = connection.begin()
        office = prepared(Office.open(workspace, registry=registry, connection=connection))
        office.draft(attrs.evolve(ITEM, created_on=office.today), DRAFTER)
        assert office.store.get(InformationItem, "notice-1") is not None
        transaction.rollback()
        assert not sa.inspect(connection).has_table("govopen_record")
    engine.dispose()


def test_a_request_is_answered_and_its_applicant_forgotten(workspace: Path, registry: Registry) -> None:
    who = "申请人张某某"
    asked = Request(
        id="r-1",
        unit="bureau",
        received_on=DAY,
        channel=ChannelKind.IN_PERSON,
        applicant=Applicant(name=who, contact="某地某路1号"),
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        description="关于办公时间的文件",
    )
    with on(workspace, registry, DAY) as office:
        prepared(office)
        settle(office, attribute=DisclosureAttribute.ON_REQUEST)
        office.receive(asked, CLERK)
        with pytest.raises(InputError):
            office.receive(asked, CLERK)
        with pytest.raises(NotCleared):
            office.clear_for("notice-1", "r-1")
        office.triage("r-1", CLERK, RequestKind.INFORMATION)
        assert [entry.due for entry in office.due(within=40) if entry.id == "r-1"][-1] == dt.date(2011, 10, 31)
        assert office.explain_deadline("r-1").days == 15
        assert office.clear_for("notice-1", "r-1").request == "r-1"
        with pytest.raises(TransitionRefused):
            office.reply("r-1", DRAFTER, Reply(on=DAY, outcome=ReplyOutcome.GRANTED, items=("notice-1",)))
        office.reply("r-1", CLERK, Reply(on=DAY, outcome=ReplyOutcome.GRANTED, items=("notice-1",)))
        assert office.due(within=40, unit="bureau") == ()
        assert office.erase_expired(RECORDS, "bureau") == ()
        office.publish()
        assert who not in shown(workspace)
    with on(workspace, registry, dt.date(2012, 10, 11)) as office:
        assert office.erase_expired(RECORDS, "bureau") == ("r-1",)
        kept = office.store.get(Request, "r-1")
        assert kept is not None
        assert kept.record.applicant is None
        assert kept.record.reply is not None
        assert office.verify_journal().ok
    assert who.encode() not in b"".join(path.read_bytes() for path in (workspace / "data").iterdir())


def test_a_site_that_the_workspace_does_not_serve_is_refused(office: Office) -> None:
    with pytest.raises(InputError) as caught:
        office.publish(sites=["elsewhere"])
    assert caught.value.facts["served"] == "own, portal"


@pytest.mark.parametrize("section", ['kind = "flying"', 'kind = "folder"\nwings = 2'], ids=["kind", "option"])
def test_wrong_settings_are_told_and_no_delivery_is_blamed(workspace: Path, registry: Registry, section: str) -> None:
    path = workspace / "govopen.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('kind = "folder"', section), encoding="utf-8")
    with on(workspace, registry, DAY) as office:
        prepared(office)
        settle(office)
        with pytest.raises(InputError):
            office.publish()
        assert {kept.record.attempts for kept in office.store.scan(Delivery)} == {0}
