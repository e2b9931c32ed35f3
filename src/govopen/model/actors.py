"""Who acts. People, their accounts and their posts belong to the embedding system; govopen is told who is acting."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from govopen.texts import Label

__all__ = ["Actor", "Role"]


class Role(Label):
    """What somebody may do in a unit."""

    DRAFTER = "drafter", "拟稿人", "drafter"
    SECTION_HEAD = "section_head", "办（科）室领导", "section head"
    PRINCIPAL = "principal", "单位主要负责人", "principal leader"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查人", "secrecy reviewer"
    CLASSIFIER = "classifier", "定密责任人", "person responsible for classification"
    PUBLISHER = "publisher", "信息发布员", "publishing clerk"
    REQUEST_CLERK = "request_clerk", "依申请公开经办人", "request clerk"
    OPENNESS_HEAD = "openness_head", "政府信息公开工作机构负责人", "head of the openness office"
    RECORDS_OFFICER = "records_officer", "档案管理员", "records officer"


@attrs.frozen(kw_only=True)
class Actor:
    """Somebody who acts, with the roles that the embedding system vouches for.

    Attributes:
        id: As the journal knows the person: an account or staff number, never a name.
        name: As sign-offs name the person. Default: the identifier.
        roles: By unit, what the person may do there.
        acting_for: By role, the name of the person for whom this one acts, where it is not the person's own post.
    """

    id: str
    name: str = ""
    roles: Mapping[str, frozenset[Role]] = attrs.field(factory=dict)
    acting_for: Mapping[Role, str] = attrs.field(factory=dict)

    @property
    def signature(self) -> str:
        """What a sign-off says."""
        return self.name or self.id

    def may(self, role: Role, unit: str) -> bool:
        """Whether the person holds that role in that unit."""
        return role in self.roles.get(unit, frozenset())
