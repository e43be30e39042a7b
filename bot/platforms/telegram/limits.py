"""What the Bot API accepts in one request (https://core.telegram.org/bots/api, versions 10.2 and 10.3)."""

MESSAGE_UNITS = 4096
"""Longest message text, counted here in UTF-16 units so that it holds whichever way a server counts."""
CAPTION_UNITS = 1024
"""Longest caption of a picture or a file."""
ENTITIES = 100
"""Most entities that one message keeps; a server drops the rest without a word."""

NOTICE_CHARACTERS = 200
"""Longest answer to a tapped button."""
BUTTONS = 100
"""Most buttons under one message."""
ROW_BUTTONS = 8
"""Most buttons in one row."""
MARKUP_BYTES = 10_000
"""Longest serialized keyboard; the documented figure is 10 KB."""
LABEL_CHARACTERS = 100
"""Where a label stops being readable on any screen; the Bot API names no limit."""

INLINE_RESULTS = 50
"""Most results of an inline query."""
RESULT_ID_BYTES = 64
"""Longest id of an inline result."""
START_PAYLOAD = 64
"""Longest payload of a /start link, in characters of `[A-Za-z0-9_-]`."""

COMMANDS = 100
"""Most commands in a menu."""
COMMAND_DESCRIPTION = 256
"""Longest description in a menu, in characters."""

PHOTO_BYTES = 10 * 1024 * 1024
"""Largest picture that is shown as one."""
UPLOAD_BYTES = 50 * 1024 * 1024
"""Largest file a bot may send."""

RICH_UNITS = 32_768
"""Longest rich message."""
RICH_BLOCKS = 500
"""Most blocks of a rich message, nested ones included."""
RICH_COLUMNS = 20
"""Most columns of a table in a rich message."""
RICH_DEPTH = 16
"""Deepest nesting of a rich message's blocks."""

POLL_QUESTION = 300
"""Longest question of a poll, in characters."""
POLL_OPTIONS = 12
"""Most options of a poll."""
POLL_OPTION = 100
"""Longest option of a poll, in characters."""
POLL_EXPLANATION = 200
"""Longest explanation of a quiz, in characters, with at most two line feeds."""
POLL_DESCRIPTION = 1024
"""Longest description of a poll, in characters."""
POLL_SHORTEST, POLL_LONGEST = 5, 2_628_000
"""Seconds for which a poll that closes by itself is open."""
