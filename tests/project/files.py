"""The project's own files, for tests of the project."""

import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOCS = (PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("**/*.md")))
CODE = tuple(path for folder in ("bot", "core", "benchmarks") for path in sorted((PROJECT / folder).glob("**/*.py")))


def documented() -> str:
    """All that the documentation says."""
    return "\n".join(path.read_text("utf-8") for path in DOCS)


def tracked() -> list[Path]:
    """The files that are or would be in the repository; all of the folder where there is none."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        return [
            path for folder in ("bot", "core", "content", "docs", "tests") for path in (PROJECT / folder).rglob("*")
        ]
    return [path for line in listed.stdout.splitlines() if (path := PROJECT / line).is_file()]
