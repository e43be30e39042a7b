#!/bin/sh
# Builds .venv from the lock files; asks for nothing it can fetch itself.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

newest_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

install_system_packages() {
    missing=""
    command -v bwrap >/dev/null 2>&1 || missing="$missing bubblewrap"
    command -v dot >/dev/null 2>&1 || missing="$missing graphviz"
    ldconfig -p 2>/dev/null | grep -q libseccomp.so.2 || missing="$missing libseccomp2"
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Please install:$missing (without them /run or its pictures stay off)."
        return 0
    fi
    if [ "$(id -u)" = 0 ]; then
        root=""
    elif sudo -n true 2>/dev/null; then
        root="sudo -n"
    else
        say "To switch on /run and its pictures, type: sudo apt-get install -y$missing"
        return 0
    fi
    # shellcheck disable=SC2086
    { $root apt-get install -y -qq --no-install-recommends $missing ||
        { $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends $missing; }; } \
        >/dev/null 2>&1 || say "Could not install:$missing. /run or its pictures stay off until you do."
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then command -v uv; return; fi
    if [ ! -x .tools/bin/uv ]; then
        if ! "$python" -m pip --version >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-pip; } >/dev/null 2>&1 || true
        fi
        "$python" -m pip install --quiet --target .tools 'uv>=0.9' >&2 || {
            say "Could not fetch uv. Type: sudo apt-get install -y python3-pip, then run make again."
            return 1
        }
    fi
    printf '%s\n' "$PWD/.tools/bin/uv"
}

python=$(newest_python) || { say "kucha needs Python 3.11 or newer: sudo apt-get install -y python3"; exit 1; }
install_system_packages
uv=$(find_uv)
say "Setting up .venv with $("$python" --version) ..."
[ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
# Compiled here, so that the first start is as quick as every other.
"$uv" pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
.venv/bin/python -m compileall -q bot core
if [ -f requirements.learner.lock ]; then
    "$uv" pip install --quiet --python .venv/bin/python --target .learner --require-hashes -r requirements.learner.lock ||
        say "Some tools that learners may import could not be installed; kucha check lists them."
fi
say "Ready: .venv/bin/kucha"
