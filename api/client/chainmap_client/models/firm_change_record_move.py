from enum import StrEnum


class FirmChangeRecordMove(StrEnum):
    ENTERED = "entered"
    LEFT = "left"
    MOVED = "moved"
    SAME = "same"

    def __str__(self) -> str:
        return str(self.value)
