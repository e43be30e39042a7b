"""What no file of the project may hold, and what some must."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.project.files import CODE, PROJECT, tracked

FOREIGN = ("/" + "work/", ".." + "/shared", "/" + "root/")
"""Paths of a machine or of a person's folder; put together here, so that this file does not hold them."""

LONGEST_MODULE = 300


def test_no_file_names_a_place_of_some_machine() -> None:
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content and "attacks" not in path.parts:  # programs that look for other people's folders
            found += [f"{path.relative_to(PROJECT)}: {name}" for name in FOREIGN if name.encode() in content]
    assert found == []


def _undocumented(path: Path) -> Iterator[str]:
    """The module, and its public classes and functions, where they have no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    if tree.body and not ast.get_docstring(tree):
        yield f"{path.relative_to(PROJECT)}: the module"
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{path.relative_to(PROJECT)}:{node.lineno} {node.name}"


def test_modules_stay_small() -> None:
    long = {str(path): count for path in CODE if (count := len(path.read_text("utf-8").splitlines())) > LONGEST_MODULE}
    assert long == {}


def test_public_functions_and_classes_say_what_they_are_for() -> None:
    missing = [name for path in CODE for name in _undocumented(path)]
    assert missing == [], "\n".join(missing)


def test_the_executor_has_no_network_no_secret_and_nothing_to_write() -> None:
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text("utf-8"))["services"]
    executor = services["executor"]
    assert executor["network_mode"] == "none"
    assert not {"env_file", "environment", "privileged", "cap_add", "ports"} & set(executor)
    assert executor["read_only"] is True
    assert executor["cap_drop"] == ["ALL"]
    assert executor["volumes"] == ["socket:/run/kucha"]
    assert services["bot"]["read_only"] is True
    assert not {"privileged", "cap_add"} & set(services["bot"])
    assert "executor" not in services["bot"].get("network_mode", "")


@pytest.mark.parametrize("script", ["scripts/set-up.sh", "scripts/pythons.sh", ".ci/run"])
def test_shell_scripts_are_posix_and_can_be_run(script: str) -> None:
    path = PROJECT / script
    assert os.access(path, os.X_OK)
    assert path.read_text("utf-8").startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", str(path)], capture_output=True, check=False).stderr == b""


def test_the_lock_names_no_index() -> None:
    for lock in PROJECT.glob("requirements*.lock"):
        assert not re.search(r"https?://", lock.read_text("utf-8")), lock.name
