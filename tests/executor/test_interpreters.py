"""Which Pythons are found, and under which labels."""

import sys
from pathlib import Path

import pytest

from core.executor.interpreters import find_interpreters

OWN = f"{sys.version_info[0]}.{sys.version_info[1]}"


def install(prefix: Path, name: str, answer: str) -> None:
    """An executable that answers `-VV` like that Python."""
    (prefix / "bin").mkdir(parents=True, exist_ok=True)
    executable = prefix / "bin" / name
    executable.write_text(f"#!/bin/sh\necho '{answer}'\n")
    executable.chmod(0o755)


@pytest.fixture
def pyenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "none"))
    return tmp_path / "versions"


def test_the_version_that_runs_the_tutor_comes_first(pyenv: Path) -> None:
    found = find_interpreters(None)
    assert found[0].label == OWN
    assert found[0].version == ".".join(map(str, sys.version_info[:3]))


def test_the_newest_patch_of_a_version_serves(pyenv: Path) -> None:
    for patch in (2, 10, 9):
        install(pyenv / f"3.15.{patch}", "python3.15", f"Python 3.15.{patch} (main) [GCC]")
    assert [each.version for each in find_interpreters(None) if each.label == "3.15"] == ["3.15.10"]


def test_a_free_threaded_build_has_a_label_of_its_own(pyenv: Path) -> None:
    install(pyenv / "3.14t", "python3.14t", "Python 3.14.1 free-threading build (main) [GCC]")
    (found,) = (each for each in find_interpreters(None) if each.label == "3.14t")
    assert found.free_threaded
    assert str(found.path) == "/opt/python/bin/python3.14t"


@pytest.mark.parametrize("answer", ["Python 3.10.1 (main)", "Python 3.16.0a1 (main)", "PyPy", ""])
def test_what_is_not_supported_is_left_out(pyenv: Path, answer: str) -> None:
    before = find_interpreters(None)
    install(pyenv / "odd", "python3.14", answer)
    assert find_interpreters(None) == before


def test_a_python_that_does_not_start_is_left_out(pyenv: Path) -> None:
    before = find_interpreters(None)
    install(pyenv / "broken", "python3.15", "never said")
    (pyenv / "broken/bin/python3.15").write_text("#!/nowhere\n")
    assert find_interpreters(None) == before


def test_the_default_can_be_chosen(pyenv: Path) -> None:
    install(pyenv / "3.15.0", "python3.15", "Python 3.15.0 (main)")
    assert find_interpreters(None, "3.15")[0].label == "3.15"
    assert find_interpreters(None, "3.99")[0].label == OWN
