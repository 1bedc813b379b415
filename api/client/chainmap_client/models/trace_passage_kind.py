from enum import StrEnum


class TracePassageKind(StrEnum):
    CITATION = "citation"
    EXTRACTED = "extracted"
    POSITION = "position"

    def __str__(self) -> str:
        return str(self.value)
