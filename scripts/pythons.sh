#!/bin/sh
# Unpacks newer CPythons below .pythons/, as read-only roots for the sandbox; touches nothing of the system.
# Each is tried on its own: what cannot be had is said and left out. Usage: scripts/pythons.sh [SUITE:PACKAGE ...]
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

if ! command -v mmdebstrap >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get install -y -qq --no-install-recommends mmdebstrap ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends mmdebstrap; }; } >/dev/null 2>&1 || true
fi
if ! command -v mmdebstrap >/dev/null 2>&1; then
    for uv in uv .tools/bin/uv; do
        if [ $# = 0 ] && "$uv" python install --quiet 3.13 3.14 2>/dev/null; then
            say "Installed by uv: 3.13 and 3.14."
            exit 0
        fi
    done
    say "Newer Pythons are unpacked by mmdebstrap. Type: sudo apt-get install -y mmdebstrap, then run make pythons again."
    say "Or have pyenv install 3.13 and 3.14: what it installs is found by itself."
    exit 1
fi

# The mirror that apt uses here, so that none is named in this project.
codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v codename="$codename" '$1 == codename { print $2; exit }')

if [ "$(id -u)" = 0 ]; then mode=root; else mode=unshare; fi

linked='for name in bin lib lib64 sbin; do [ -e "$1/$name" ] || ln -s "usr/$name" "$1/$name"; done
[ -e "$1/usr/bin/sh" ] || ln -s dash "$1/usr/bin/sh"'

# Compiled here: below a read-only root each start would do it again, and begin with another heap than others.
unpack() { # suite package
    root=".pythons/$2"
    if [ -x "$root/usr/bin/$2" ] && [ -x "$root/usr/bin/sh" ]; then
        say "$2 is there already."
        return 0
    fi
    rm -rf "$root.new"
    mkdir -p .pythons
    say "Unpacking $2 from $1 ..."
    mmdebstrap --quiet --mode="$mode" --variant=extract --include="$2,dash,coreutils" \
        --extract-hook="$linked" --extract-hook="chroot \"\$1\" $2 -m compileall -q /usr/lib/$2 || true" \
        --aptopt='Acquire::Check-Valid-Until "false"' "$1" "$root.new" ${mirror:+"$mirror"} >.pythons/"$2".log 2>&1 || return 1
    rm -rf "$root.new/var" "$root.new/usr/share/doc" "$root.new/usr/share/man" "$root.new/usr/share/locale"
    chmod -R a+rX "$root.new"
    rm -rf "$root"
    mv "$root.new" "$root"
    rm -f .pythons/"$2".log
}

[ $# -gt 0 ] || set -- trixie:python3.13 sid:python3.14 sid:python3.15
missing=0
for wanted in "$@"; do
    unpack "${wanted%%:*}" "${wanted##*:}" || {
        say "${wanted##*:} cannot be had from ${wanted%%:*} here; .pythons/${wanted##*:}.log says why."
        missing=$((missing + 1))
    }
done
say "Unpacked: $(ls -d .pythons/*/ 2>/dev/null | tr '\n' ' ')"
[ "$missing" -lt $# ]
