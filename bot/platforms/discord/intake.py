"""What happened on Discord, in the tutor's words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.platforms.discord.controls import Pressed, pressed
from core.chat.catalogue import CommandSpec
from core.chat.request import Command, Person, Place, Platform, Press, Request, Words

Interaction = discord.Interaction[discord.Client]


def person(interaction: Interaction) -> Person:
    """Who used a command or a button, with the language of their client."""
    user = interaction.user
    return Person(Platform.DISCORD, str(user.id), interaction.locale.value, user.display_name)


def command(interaction: Interaction, spec: CommandSpec | None) -> Request:
    """A slash command; its options are joined in the catalogue's order, whatever order Discord sent them in."""
    given = {option["name"]: str(option.get("value", "")) for option in _options(interaction)}
    order = [parameter.name for parameter in spec.parameters if not parameter.file] if spec else list(given)
    arguments = " ".join(given[name] for name in order if name in given)
    request = _request(interaction, Command(spec.name if spec else command_name(interaction), arguments))
    target = _target(interaction)
    return replace(request, quoted=str(target.get("content", ""))) if target else request


def attached(interaction: Interaction) -> Iterator[discord.Attachment]:
    """The files given with a command, or those of the message it was used on."""
    resolved = _data(interaction).get("resolved", {})
    target = _target(interaction)
    found = target.get("attachments", []) if target else resolved.get("attachments", {}).values()
    for data in found:
        yield discord.Attachment(data=data, state=interaction.client._connection)


def _target(interaction: Interaction) -> Mapping[str, Any] | None:
    """The message whose menu was used."""
    data = _data(interaction)
    messages: Mapping[str, Mapping[str, Any]] = data.get("resolved", {}).get("messages", {})
    return messages.get(str(data.get("target_id", "")))


def press(interaction: Interaction) -> Request:
    """A tap on a button, a choice in a select, or a dialog that was filled in."""
    typed = None
    if interaction.type is discord.InteractionType.modal_submit:
        typed = next(_typed(_data(interaction).get("components", [])), "")
    return _request(interaction, Press(pressed_component(interaction).token, typed))


def pressed_component(interaction: Interaction) -> Pressed:
    """What was pressed: the chosen option of a select, else the component itself."""
    return pressed(component_id(interaction))


def component_id(interaction: Interaction) -> str:
    """The id under which the pressed button or the chosen option was sent."""
    data = _data(interaction)
    return str(next(iter(data.get("values", ())), data.get("custom_id", "")))


def command_name(interaction: Interaction) -> str:
    """The name of the slash command that was used."""
    return str(_data(interaction).get("name", ""))


def pressed_label(interaction: Interaction) -> str:
    """What is written on the pressed button."""
    shown = interaction.message.components if interaction.message else []
    items = (item for row in shown if isinstance(row, discord.ActionRow) for item in row.children)
    buttons = (item for item in items if isinstance(item, discord.Button))
    return next((item.label or "" for item in buttons if item.custom_id == component_id(interaction)), "")


def half_typed(interaction: Interaction) -> str:
    """The option that is being typed while Discord asks for suggestions."""
    return next((str(option.get("value", "")) for option in _options(interaction) if option.get("focused")), "")


def message(received: discord.Message) -> Request:
    """A direct message: the only text that Discord shows to a bot without a privileged intent."""
    name, _, arguments = received.content.removeprefix("/").partition(" ")
    typed = received.content.startswith("/") and name
    return Request(
        person=Person(Platform.DISCORD, str(received.author.id)),
        place=Place(str(received.channel.id), private=True),
        said=Command(name, arguments.strip()) if typed else Words(received.content),
        message=str(received.id),
    )


def _request(interaction: Interaction, said: Command | Press) -> Request:
    return Request(
        person=person(interaction),
        place=Place(str(interaction.channel_id or ""), private=interaction.guild_id is None),
        said=said,
        message=str(interaction.message.id) if interaction.message else None,
        manages=_manages(interaction),
        at=interaction.created_at,
    )


def _manages(interaction: Interaction) -> bool:
    """Whether the person may change the server or its channels."""
    rights = interaction.permissions
    return interaction.guild_id is not None and (rights.manage_guild or rights.manage_channels or rights.administrator)


def _data(interaction: Interaction) -> Mapping[str, Any]:
    return dict(interaction.data or {})


def _options(interaction: Interaction) -> list[Mapping[str, Any]]:
    return list(_data(interaction).get("options", ()))


def _typed(components: list[Mapping[str, Any]]) -> Iterator[str]:
    for component in components:
        if "value" in component:
            yield str(component["value"])
        inner = component.get("components", []) or [component[key] for key in ("component",) if key in component]
        yield from _typed(inner)
