"""Text as every database takes it."""


def storable(text: str) -> str:
    """The text with what PostgreSQL or UTF-8 refuse made visible: NUL as ␀, half a surrogate pair as �."""
    return text.replace("\0", "␀").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
