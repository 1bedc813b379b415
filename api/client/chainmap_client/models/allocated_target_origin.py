from enum import StrEnum


class AllocatedTargetOrigin(StrEnum):
    LOCK = "lock"
    OWN = "own"
    SUBSTITUTE = "substitute"

    def __str__(self) -> str:
        return str(self.value)
