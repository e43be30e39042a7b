"""`/start` and `/help`: the way in."""

from core.chat.answer import Answer, Way
from core.chat.catalogue import CATALOGUE, Group
from core.chat.classroom import Turn
from core.chat.commands.daily import daily
from core.chat.commands.explain import explain
from core.chat.commands.settings import changed, keep, shown_to
from core.chat.presenters.person import WIZARD, welcome, wizard_done, wizard_step
from core.document import Block, Bullets, Document, Heading, Mono, Text, bold, paragraph, text


async def start(turn: Turn, arguments: str) -> Answer:
    """The greeting and three taps; a deep link such as `explain_slots` or `daily` goes straight to what it names."""
    verb, _, rest = arguments.strip().partition("_")
    if verb == "explain" and rest:
        return await explain(turn, rest)
    if verb == "daily":
        return await daily(turn, "")
    return Answer(welcome(turn.voice))


async def wizard(turn: Turn, rest: str) -> Answer:
    """`<field>:<value>`: keep what was tapped (nothing when skipped) and show the next tap."""
    field, _, value = rest.partition(":")
    if field not in WIZARD:
        return Answer(welcome(turn.voice), Way.EDIT)
    learner = turn.learner
    if value:
        learner = changed(learner, field, value) or learner
        await keep(turn, learner)
    place = WIZARD.index(field) + 1
    voice = shown_to(turn, learner)
    document = wizard_step(WIZARD[place], voice) if place < len(WIZARD) else wizard_done(learner, voice)
    return Answer(document, Way.EDIT)


async def help_(turn: Turn, _arguments: str) -> Answer:
    """The catalogue, shelf by shelf."""
    blocks: list[Block] = [Heading(text(bold(turn.voice("help-title"))))]
    for group in Group:
        lines = tuple(
            (Mono(f"/{command.name}"), Text(f" {turn.voice(f'command-{command.name}')}"))
            for command in CATALOGUE
            if command.group is group
        )
        blocks += [paragraph(bold(turn.voice(f"group-{group}"))), Bullets(lines)]
    blocks.append(paragraph(turn.voice("help-hint")))
    return Answer(Document(tuple(blocks)))
