"""What of the clauses 1.2 to 1.4 and 1.5.6 no record decides: it takes an officer's judgement or accepted evidence."""

from __future__ import annotations

from govopen.rules.assurance import evidence_rule, judgement_rule
from govopen.rules.base import Severity
from govopen.texts import Text

__all__ = ["RULES"]

content_complete = judgement_rule(
    code="CAT003",
    name="content-complete-judgement",
    title=Text("信息内容全面", "The content is complete"),
    obligation="panyu-2011:1.2/o3",
    severity=Severity.MINOR,
    rationale=Text(
        "必填项齐全不等于内容全面：条目之外有没有该写而未写的，只有了解业务的人知道。",
        "Filled fields are not yet complete content: only who knows the work can tell what should be there and is not.",
    ),
    remedy=Text(
        "由熟悉业务的负责人对照本单位职责清单通读目录条目，作出判定，写明理由和覆盖期间。",
        "Let a person in charge who knows the work read the catalog against the list of the unit's duties and judge, "
        "with the reason and the period covered.",
    ),
)

content_accurate = evidence_rule(
    code="CAT004",
    name="content-accurate-evidence",
    title=Text("有信息内容与来源核对一致的凭证", "There is evidence that the content agrees with its source"),
    obligation="panyu-2011:1.2/o4",
    severity=Severity.SERIOUS,
    rationale=Text(
        "已公开的错误信息会误导公众；内容是否与原件一致，须对照原件才知道。",
        "Wrong information misleads the public; whether content agrees with the original only the original shows.",
    ),
    remedy=Text(
        "抽取条目与原始文件逐一核对，提交注明抽样、差异和更正情况的核对记录，由审核人接受。",
        "Compare a sample of entries with the originals, file the record with the sample, the differences and their "
        "correction, and have an officer accept it.",
    ),
)

review_system = evidence_rule(
    code="SEC001",
    name="review-system-evidence",
    title=Text("有信息内容保密审查制度", "There is a system of secrecy review"),
    obligation="panyu-2011:1.3/o1",
    basis=("ogi-2007:14", "ogi-2019:17"),
    severity=Severity.SERIOUS,
    protected=True,
    rationale=Text(
        "制度规定谁审查、按什么程序、负什么责任；没有制度，逐条审查无从谈起。",
        "The system says who reviews, by what steps, and who answers for it; without it no item is reviewed.",
    ),
    remedy=Text(
        "印发保密审查制度，写明程序和责任，提交并由审核人接受。",
        "Issue the rules of secrecy review with steps and responsibility, file them, and have an officer accept them.",
    ),
)

procedures_agree = evidence_rule(
    code="WEB006",
    name="procedures-agree-evidence",
    title=Text("有公布的办事流程与实际相一致的凭证", "There is evidence that published procedures are those followed"),
    obligation="panyu-2011:1.4/o6",
    severity=Severity.SERIOUS,
    rationale=Text(
        "群众按公布的流程准备材料；与实际不符，就要多跑一趟。",
        "People prepare by what is published; where practice differs, they come in vain.",
    ),
    remedy=Text(
        "对照窗口实际办理逐项核对已公布的流程，提交核对记录并由审核人接受；不一致的先改正。",
        "Compare every published procedure with practice at the window, correct what differs, file the record, and "
        "have an officer accept it.",
    ),
)

other_forms_accepted = evidence_rule(
    code="REQ016",
    name="other-forms-evidence",
    title=Text("有以其他形式提出的申请照样受理的凭证", "There is evidence that requests in other forms are accepted"),
    obligation="panyu-2011:1.5.6/o1",
    basis=("ogi-2007:20", "ogi-2019:29"),
    severity=Severity.MINOR,
    rationale=Text(
        "书写有困难的人可以口头申请；以形式为由拒收，等于剥夺申请的权利。",
        "Who cannot write may ask orally; to turn a request away for its form takes the right away.",
    ),
    remedy=Text(
        "提交受理规定或者代填申请的登记记录，由审核人接受。",
        "File the rule on accepting requests, or the register of those that staff filled in for applicants, and have "
        "an officer accept it.",
    ),
)

RULES = (content_complete, content_accurate, review_system, procedures_agree, other_forms_accepted)
"""The rules of this module."""
