from enum import StrEnum


class LockRecordState(StrEnum):
    ELSEWHERE = "elsewhere"
    EXPIRED = "expired"
    HELD = "held"
    NOT_ALLOCATED = "not_allocated"

    def __str__(self) -> str:
        return str(self.value)
