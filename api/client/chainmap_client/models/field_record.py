from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.mention_record import MentionRecord


T = TypeVar("T", bound="FieldRecord")


@_attrs_define
class FieldRecord:
    """One field through the rounds of every region.

    Attributes:
        aliases (list[str]):
        chain (None | str):
        chain_id (None | str):
        id (str):
        in_force (bool): Whether a plan in force names it
        mentions (list[MentionRecord]):
        name (str):
        remark (str): Where the plans name it, in the curator's words
    """

    aliases: list[str]
    chain: None | str
    chain_id: None | str
    id: str
    in_force: bool
    mentions: list[MentionRecord]
    name: str
    remark: str

    def to_dict(self) -> dict[str, Any]:
        aliases = self.aliases

        chain: None | str
        chain = self.chain

        chain_id: None | str
        chain_id = self.chain_id

        id = self.id

        in_force = self.in_force

        mentions = []
        for mentions_item_data in self.mentions:
            mentions_item = mentions_item_data.to_dict()
            mentions.append(mentions_item)

        name = self.name

        remark = self.remark

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "aliases": aliases,
                "chain": chain,
                "chain_id": chain_id,
                "id": id,
                "in_force": in_force,
                "mentions": mentions,
                "name": name,
                "remark": remark,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.mention_record import MentionRecord  # noqa: PLC0415

        d = dict(src_dict)
        aliases = cast(list[str], d.pop("aliases"))

        def _parse_chain(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain = _parse_chain(d.pop("chain"))

        def _parse_chain_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain_id = _parse_chain_id(d.pop("chain_id"))

        id = d.pop("id")

        in_force = d.pop("in_force")

        mentions = []
        _mentions = d.pop("mentions")
        for mentions_item_data in _mentions:
            mentions_item = MentionRecord.from_dict(mentions_item_data)

            mentions.append(mentions_item)

        name = d.pop("name")

        remark = d.pop("remark")

        field_record = cls(
            aliases=aliases,
            chain=chain,
            chain_id=chain_id,
            id=id,
            in_force=in_force,
            mentions=mentions,
            name=name,
            remark=remark,
        )

        return field_record
