from enum import StrEnum


class TargetQuestionModeType0(StrEnum):
    ADVANTAGE = "advantage"
    CHAIN = "chain"
    INDUSTRY = "industry"
    LEADER = "leader"

    def __str__(self) -> str:
        return str(self.value)
