"""The dialogs that buttons open, remembered past a restart."""

import json
from typing import Any, Protocol

import discord

from bot.platforms.discord.controls import form_key
from bot.platforms.discord.markdown import shortened
from core.document import Document, Form

TITLE = 45
INPUT = "text"
SHORT, LONG = 200, 4000


class Store(Protocol):
    """The few words that this adapter keeps between two starts."""

    async def get(self, key: str) -> str | None:
        """What was kept under the key, if anything."""

    async def set(self, key: str, value: str) -> None:
        """Keep a value under the key in place of the one before."""


class Forms:
    """A form's words by the key that its buttons carry: an id has no room for a title and a label."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Form] = {}

    async def remember(self, document: Document) -> None:
        """Keep the forms of a document that is about to be sent."""
        for form in (button.form for row in document.buttons for button in row if button.form):
            key = form_key(form)
            if key not in self._known:
                words = json.dumps({"title": form.title, "label": form.label, "long": form.long})
                await self._store.set(f"discord.form.{key}", words)
                self._known[key] = form

    async def find(self, key: str) -> Form | None:
        """The form of that key, if it was ever sent."""
        if key not in self._known:
            kept = await self._store.get(f"discord.form.{key}")
            if kept is None:
                return None
            self._known[key] = Form(**json.loads(kept))
        return self._known[key]


class FormDialog(discord.ui.Modal):
    """A form as Discord's modal; what is typed comes back as an interaction that carries the button's id."""

    def __init__(self, form: Form, component_id: str) -> None:
        super().__init__(title=shortened(form.title, TITLE), custom_id=component_id, timeout=None)
        style = discord.TextStyle.paragraph if form.long else discord.TextStyle.short
        entry: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=INPUT, style=style, max_length=LONG if form.long else SHORT
        )
        self.add_item(discord.ui.Label(text=shortened(form.label, TITLE), component=entry))
        self.stop()
