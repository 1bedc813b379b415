from enum import StrEnum


class GoalRecordReach(StrEnum):
    COUNTY = "county"
    OTHER = "other"
    OWN = "own"
    PROVINCE = "province"

    def __str__(self) -> str:
        return str(self.value)
