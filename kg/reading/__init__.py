"""Text into an outline with exact positions; knows layout and nothing of what the words mean."""

from __future__ import annotations

from kg.reading.document import Document, read_documents
from kg.reading.markdown import read_outline
from kg.reading.outline import Block, Mention, Outline

__all__ = ["Block", "Document", "Mention", "Outline", "read_documents", "read_outline"]
