from enum import StrEnum


class GoalRecordComparator(StrEnum):
    VALUE_0 = "="
    VALUE_1 = "≥"
    VALUE_2 = ">"
    VALUE_3 = "≤"
    VALUE_4 = "<"
    VALUE_5 = "≈"
    力争 = "力争"

    def __str__(self) -> str:
        return str(self.value)
