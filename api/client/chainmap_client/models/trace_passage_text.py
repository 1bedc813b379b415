from enum import StrEnum


class TracePassageText(StrEnum):
    ABSENT = "absent"
    AT_HAND = "at_hand"
    CHANGED = "changed"

    def __str__(self) -> str:
        return str(self.value)
