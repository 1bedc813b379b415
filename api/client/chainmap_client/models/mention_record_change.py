from enum import StrEnum


class MentionRecordChange(StrEnum):
    ABSENT = "absent"
    ENTERS = "enters"
    FIRST = "first"
    LEAVES = "leaves"
    STAYS = "stays"

    def __str__(self) -> str:
        return str(self.value)
