.PHONY: run test test-all setup bench pythons check lint lock
.DEFAULT_GOAL := run

READY := .venv/.ready
PYTHONS := .pythons/.ready
# One more than there are cores: many tests wait for a socket or a clock.
PYTEST := .venv/bin/python -m pytest -n $(shell expr $$(nproc) + 1) --dist loadfile

run: $(READY)
	@.venv/bin/kucha

test: $(READY) $(PYTHONS) lint
	$(PYTEST) -m "not slow"

test-all: $(READY) $(PYTHONS) lint
	$(PYTEST)

setup: $(READY)

$(READY): pyproject.toml requirements.lock $(wildcard requirements.learner.lock) scripts/set-up.sh
	@scripts/set-up.sh
	@touch $@

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: $(READY)
	.venv/bin/python -m benchmarks

pythons: $(READY)
	@scripts/pythons.sh && touch $(PYTHONS)

$(PYTHONS): scripts/pythons.sh | $(READY)
	@{ scripts/pythons.sh && touch $@; } || echo "No further Pythons could be had; tests that need them will say so." >&2

lock:
	uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile --group learner --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.learner.lock
