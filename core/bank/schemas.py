"""JSON Schemas of a pack's TOML files, for an author's editor."""

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, create_model

from core.bank.truth import ClaimTruth, CompetencyTruth, MisconceptionTruth, QuestionTruth, TermTruth, Truth

TABLES: Mapping[str, tuple[str, type[Truth]]] = {
    "claims": ("claim", ClaimTruth),
    "misconceptions": ("misconception", MisconceptionTruth),
    "questions": ("question", QuestionTruth),
    "terms": ("term", TermTruth),
}
"""Each file of records (without `.toml`), the name of its tables, and what a table holds."""


def schemas() -> dict[str, dict[str, Any]]:
    """A schema a file, by the file's name; generated from the very models that read the files."""
    found = {"competency.toml": CompetencyTruth.model_json_schema()}
    for file, (table, record) in TABLES.items():
        fields: dict[str, Any] = {table: (tuple[record, ...], ())}  # type: ignore[valid-type]
        model = create_model(file.capitalize(), __config__=ConfigDict(extra="forbid"), **fields)
        model.__doc__ = f"`{file}.toml`: any number of [[{table}]] records."
        found[f"{file}.toml"] = model.model_json_schema()
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {file: dialect | schema for file, schema in sorted(found.items())}
