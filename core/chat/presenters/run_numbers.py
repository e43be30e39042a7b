"""Times as people read them."""

from core.chat.texts import Voice


def decimal(value: float, voice: Voice) -> str:
    """Three digits, with the language's decimal mark."""
    written = f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
    return written.replace(".", ",") if voice.language == "ru" else written


def nanoseconds(value: float, voice: Voice) -> str:
    """A time in the unit that gives it one to three digits before the mark."""
    for unit, size in (("seconds", 1e9), ("milliseconds", 1e6), ("microseconds", 1e3)):
        if value >= size:
            return voice(f"run-{unit}", value=decimal(value / size, voice))
    return voice("run-nanoseconds", value=decimal(value, voice))


def duration(milliseconds: float, voice: Voice) -> str:
    """How long a run took: whole milliseconds, from a second on seconds."""
    if milliseconds < 1000:
        return voice("run-milliseconds", value=max(1, round(milliseconds)))
    return voice("run-seconds", value=decimal(milliseconds / 1000, voice))
