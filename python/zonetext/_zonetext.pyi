from typing import Any

Row = tuple[bytes | str | None, str | None, str | None, str | None, str | None, str | None]
SCHEMA: str
__version__: str

class Cleaner:
    def __init__(self, **options: Any) -> None: ...
    def records(self, rows: list[Row]) -> list[str]: ...
    def text(self, page: bytes | str) -> str: ...
