"""Questions for a platform's own quiz polls."""

from core.bank.markdown import blocks
from core.chat.letter import Poll
from core.chat.presenters.options import filled, label
from core.chat.texts import Voice
from core.document import CodeBlock, plain_block, plain_spans
from core.study.asking import Asked


def poll(asked: Asked, voice: Voice, sign: str, posting: int | None = None, explanation: str | None = None) -> Poll:
    """A question of one choice as a poll, after a sign; what a prompt shows besides prose stands with the code.

    Who has answered is shown why the right answer is right, or another explanation.
    """
    wording = asked.question.texts[voice.language]
    prompt = blocks(filled(wording.prompt, asked))
    prose = " ".join(plain_block(block) for block in prompt if not isinstance(block, CodeBlock))
    programs = [block.code for block in prompt if isinstance(block, CodeBlock)]
    if asked.question.truth.code:
        programs.append(asked.question.truth.code.strip("\n"))
    right = asked.question.right_keys(asked.python)
    why = " ".join(plain_block(block) for block in blocks(filled(wording.why, asked))) if wording.why else ""
    return Poll(
        posting,
        f"{sign} {prose} (Python {asked.sheet.python})",
        tuple(plain_spans(label(asked.question, key, voice)) for key in asked.sheet.shown),
        tuple(place for place, key in enumerate(asked.sheet.shown) if key in right),
        "\n\n".join(programs),
        why if explanation is None else explanation,
    )
