"""The record types that govopen brings. Plugins add theirs by the hook ``govopen_record_types``."""

from __future__ import annotations

from govopen.model.assurance import Ability, Evidence, Judgement, NilReturn, Probe
from govopen.model.base import RecordType
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.discretion import DiscretionTable, PenaltyDecision
from govopen.model.organisation import Organisation
from govopen.model.publishing import Delivery, Observation, ScreeningOverride
from govopen.model.requests import Request, RequestChannel
from govopen.model.units import Unit
from govopen.model.website import Column, Publication, Site
from govopen.texts import N_, Text

__all__ = ["RECORD_TYPES"]

_NO_TEXT = N_("A classified item is kept here without title, body or file: this is an unclassified system.")

RECORD_TYPES: tuple[RecordType, ...] = (
    RecordType(
        name="unit",
        cls=Unit,
        title=Text("单位", "unit"),
        unit="id",
        references={"parent": ("unit",), "successor": ("unit",)},
    ),
    RecordType(name="organisation", cls=Organisation, title=Text("组织保障", "organisation of the work")),
    RecordType(
        name="information-item", cls=InformationItem, title=Text("信息条目", "information item"), act="created_on"
    ),
    RecordType(
        name="classified-item",
        cls=ClassifiedItem,
        title=Text("涉密条目", "classified item"),
        act="determined_on",
        refused_keys=dict.fromkeys(
            ("title", "summary", "body", "text", "content", "file", "attachment", "document_number", "issuer"), _NO_TEXT
        ),
    ),
    RecordType(name="site", cls=Site, title=Text("网站", "site"), act="since"),
    RecordType(name="column", cls=Column, title=Text("栏目", "column"), act="since", references={"site": ("site",)}),
    RecordType(
        name="publication",
        cls=Publication,
        title=Text("发布记录", "publication"),
        act="published_on",
        indexes=("item", "column"),
        references={"item": ("information-item", "classified-item"), "site": ("site",), "column": ("column",)},
    ),
    RecordType(
        name="delivery",
        cls=Delivery,
        title=Text("待发布事项", "delivery"),
        act="queued_on",
        indexes=("item",),
        references={"item": ("information-item", "classified-item"), "site": ("site",)},
    ),
    RecordType(
        name="observation",
        cls=Observation,
        title=Text("核对记录", "observation"),
        act="observed_on",
        indexes=("item",),
        references={"site": ("site",)},
    ),
    RecordType(
        name="screening-override",
        cls=ScreeningOverride,
        title=Text("筛查放行", "screening override"),
        act="on",
        indexes=("item",),
        references={"item": ("information-item", "classified-item")},
    ),
    RecordType(name="request-channel", cls=RequestChannel, title=Text("申请途径", "request channel"), act="since"),
    RecordType(
        name="request",
        cls=Request,
        title=Text("公开申请", "request"),
        act="received_on",
        references={"repeat_of": ("request",)},
    ),
    RecordType(
        name="discretion-table",
        cls=DiscretionTable,
        title=Text("裁量基准", "discretion table"),
        act="issued_on",
        indexes=("power",),
        references={"power": ("information-item",), "item": ("information-item",)},
    ),
    RecordType(
        name="penalty-decision",
        cls=PenaltyDecision,
        title=Text("处罚决定", "penalty decision"),
        act="decided_on",
        indexes=("table",),
        references={"table": ("discretion-table",)},
    ),
    RecordType(name="evidence", cls=Evidence, title=Text("凭证", "evidence"), act="accepted_on"),
    RecordType(name="judgement", cls=Judgement, title=Text("判定", "judgement"), act="judged_on"),
    RecordType(
        name="probe",
        cls=Probe,
        title=Text("观测", "probe"),
        act="observed_on",
        indexes=("target",),
        references={"target": ("site", "column", "request-channel")},
    ),
    RecordType(name="nil-return", cls=NilReturn, title=Text("零报告", "nil return")),
    RecordType(name="ability", cls=Ability, title=Text("条件认定", "ability"), act="stated_on"),
)
"""The record types that are built in, in the order in which an import stores them."""
