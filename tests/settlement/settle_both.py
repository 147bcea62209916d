"""A county that both engines settle: every close of a test is held against the second engine."""

from __future__ import annotations

import tomllib

from careloop.exchange import answer_json
from services.settlement.domain.engine import Answer
from tests.oracle.chain import closes
from tests.oracle.compare import differences
from tests.settlement.settle_examples import County


class Told(County):
    """A county that both engines settle."""

    def __init__(self, *documents: str) -> None:
        super().__init__(*documents)
        self.documents = documents

    def closes(self, *months: str) -> list[Answer]:
        """The answers of these months, which are those of the second engine too."""
        answers = super().closes(*months)
        tables = [tomllib.loads(document)["settlement"] for document in self.documents]
        for answer, other in zip(answers, closes(self.lines, tables, list(months)), strict=True):
            assert differences(answer_json(answer), other) == []
        return answers

    def november(self) -> Answer:
        return self.closes("2026-11")[0]

    def december(self) -> Answer:
        """December's answer, after November's seals."""
        return self.closes("2026-11", "2026-12")[1]
