"""What can stand in the way of clearance."""

from __future__ import annotations

from govopen.texts import Label

__all__ = ["Bar"]


class Bar(Label):
    """A reason why an item may not be shown. Secrecy comes first."""

    NOT_RECORDED = "not-recorded", "没有该条目的记录", "it is not on record"
    CLASSIFIED = "classified", "属于涉密事项", "it is classified"
    NO_SECRECY_REVIEW = "no-secrecy-review", "现有内容未经保密审查", "its content has had no secrecy review"
    SECRECY_UNCLEAR = "secrecy-unclear", "保密审查结论不明确", "its secrecy review is unclear"
    NOT_PROPOSED = "not-proposed", "缺少有效的拟办意见", "no proposal of the drafter counts"
    NOT_REVIEWED = "not-reviewed", "缺少有效的科室审核", "no review of the section head counts"
    NOT_DECIDED = "not-decided", "缺少有效的审定", "no decision of the principal leader counts"
    NO_ATTRIBUTE = "no-attribute", "没有公开属性", "it has no disclosure attribute"
    SEVERAL_ATTRIBUTES = "several-attributes", "公开属性多于一个", "it has several disclosure attributes"
    ATTRIBUTE_DIFFERS = "attribute-differs", "公开属性与审定的不符", "its attribute is not the one decided on"
    EXEMPT = "exempt", "免予公开", "it is exempt from disclosure"
    ON_REQUEST = "on-request", "依申请公开，不主动公开", "it is disclosed on request only"
    WITHDRAWN = "withdrawn", "已撤下", "it was withdrawn"
    INCOMPLETE = "incomplete", "缺少名称、类别、单位或者发布机构", "title, category, unit or issuing body is missing"
    NOT_OF_THAT_DAY = "not-of-that-day", "当日尚未生成，或者生成日期不明", "it was not there on that day, or is undated"
    UNWRITABLE = "unwritable", "内容含有无法保存的字符", "its content holds characters that cannot be kept"
    NO_CONTENT = "no-content", "没有可公开的内容", "there is nothing to show"
    DIGEST_DIFFERS = "digest-differs", "内容与登记的摘要不符", "its content is not that of the digest on record"
    FILE_MISSING = "file-missing", "附件无法取得", "an attached file is not there"
    FILE_DIFFERS = "file-differs", "附件与登记的摘要不符", "an attached file is not the one recorded"
    NOT_SCREENED = "not-screened", "现有内容未经全部筛查", "its content has not gone through all screeners"
    SCREENED_OUT = "screened-out", "筛查发现不得公开的内容", "screening found what nobody may show"
    HELD_UP = "held-up", "筛查发现需人工放行的内容", "screening found what a person has to let pass"
    NO_REQUEST = "no-request", "没有相应的公开申请", "there is no request that it answers"
    NOT_A_REQUEST = "not-a-request", "来件未认定为信息公开申请", "what came in is not labelled a request for documents"
    REQUEST_CLOSED = "request-closed", "该申请已经终止", "the request has ended"
    REQUEST_REFUSED = (
        "request-refused",
        "该申请的答复不是予以公开或者部分公开",
        "the request was not answered by granting it",
    )
