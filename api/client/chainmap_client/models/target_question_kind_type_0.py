from enum import StrEnum


class TargetQuestionKindType0(StrEnum):
    BUILD = "build"
    EXTEND = "extend"
    FILL = "fill"
    STRENGTHEN = "strengthen"

    def __str__(self) -> str:
        return str(self.value)
