"""Whatever the records say, a document shows what may be shown on its day and today, and nothing else.

Whether an item may be shown is decided here by a predicate of its own, which knows nothing of clearance.
"""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen.model.catalog import Category, Withdrawal
from govopen.model.classification import DisclosureAttribute, ReviewResult, SignOffResult
from govopen.model.requests import Applicant
from govopen.report.documents.catalogue import catalogue
from govopen.report.documents.discretion import discretion
from govopen.report.documents.guide import guide
from govopen.report.documents.parts import texts
from govopen.report.documents.services import services
from govopen.report.tables.wording import TableWords
from govopen.rules import samples
from govopen.rules.samples_discretion import discretion_table

DAY, LATER, TODAY = samples.YEAR_END, dt.date(2015, 6, 1), dt.date(2026, 3, 2)
FLAWS = ("", "on request", "exempt", "unsigned", "returned", "unsure", "unreviewed", "withdrawn", "withdrawn later")
PERIODS = ("none", "expired", "running", "begun later", "endless")


def flawed(item, flaw):
    last = attrs.evolve(item.sign_offs[-1], result=SignOffResult.RETURNED, reason="退")
    on_request, exempt = DisclosureAttribute.ON_REQUEST, DisclosureAttribute.EXEMPT
    changes = {
        "on request": {"attributes": (on_request,), "sign_offs": samples.sign_offs(on_request)},
        "exempt": {"attributes": (exempt,), "sign_offs": samples.sign_offs(exempt)},
        "unsigned": {"sign_offs": ()},
        "returned": {"sign_offs": (*item.sign_offs[:2], last)},
        "unsure": {"review": attrs.evolve(item.review, result=ReviewResult.UNSURE)},
        "unreviewed": {"review": None},
        "withdrawn": {"withdrawn": Withdrawal(on=DAY)},
        "withdrawn later": {"withdrawn": Withdrawal(on=LATER)},
    }
    return attrs.evolve(item, **changes.get(flaw, {}))


def classified(id_, period):
    if period == "none":
        return []
    until = {"expired": dt.date(2011, 6, 30), "running": dt.date(2030, 1, 1)}.get(period)
    begun = dt.date(2014, 1, 1) if period == "begun later" else dt.date(2011, 3, 1)
    return [samples.classified_item(id=id_, determined_on=begun, classified_until=until)]


def may_be_shown(flaw, period):
    return flaw == "" and period in ("none", "expired")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(FLAWS), st.sampled_from(PERIODS), st.sampled_from(list(Category))),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["zh-Hans", "en"]),
)
def test_documents_show_what_may_be_shown_and_nothing_else(source_of, public, drawn, lang):
    records = [samples.request(applicant=Applicant(name="密语申请人", contact="密语地址"), description="密语所需")]
    for number, (flaw, period, category) in enumerate(drawn):
        item = public(f"item-{number}", category, title=f"密语{number}号", summary=f"概述{number}号")
        records += [flawed(item, flaw), *classified(item.id, period)]
        records.append(discretion_table(id=f"table-{number}", title=f"基准{number}号", item=item.id))
    found = source_of(*records, as_of=DAY, now=dt.datetime.combine(TODAY, dt.time(), dt.UTC)).unit("bureau")
    words = TableWords(lang)

    documents = [write(found, words) for write in (guide, catalogue, services, discretion)]
    said = "\n".join(text for document in documents for text in texts(document))

    assert "密语申请人" not in said
    assert "密语地址" not in said
    assert "密语所需" not in said
    for number, (flaw, period, _) in enumerate(drawn):
        shown = may_be_shown(flaw, period)
        assert [f"{word}{number}号" in said for word in ("密语", "概述", "基准")] == [shown] * 3, (flaw, period)
