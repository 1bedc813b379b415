from enum import StrEnum


class PanoramaSegmentState(StrEnum):
    ABSENT = "absent"
    PRESENT = "present"
    STRONG = "strong"
    UNKNOWN = "unknown"
    WEAK = "weak"

    def __str__(self) -> str:
        return str(self.value)
