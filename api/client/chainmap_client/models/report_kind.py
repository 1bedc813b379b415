from enum import StrEnum


class ReportKind(StrEnum):
    CATALOGUE = "catalogue"
    COMPARISON = "comparison"
    GAPS = "gaps"
    PROFILE = "profile"
    TARGETS = "targets"

    def __str__(self) -> str:
        return str(self.value)
