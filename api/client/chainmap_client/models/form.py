from enum import StrEnum


class Form(StrEnum):
    DOCX = "docx"
    HTML = "html"
    MD = "md"
    PDF = "pdf"
    XLSX = "xlsx"

    def __str__(self) -> str:
        return str(self.value)
