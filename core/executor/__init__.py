"""/run: strangers' Python behind a wall, and its memory made visible. docs/executor.md tells how."""
