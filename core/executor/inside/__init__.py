"""What runs behind the wall: standard library only, CPython 3.11 to 3.15, nothing of the bot is reachable from here."""
