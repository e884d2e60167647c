# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What installer/run and installer/test share. Sourced with the working directory at the top of the
# source tree, under set -euo pipefail.

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "Installing packages needs root: install sudo, or start this as root once."
        return 1
    fi
}

# missing_packages LIST...: the packages of installer/packages/LIST.txt that are not installed.
missing_packages() {
    local wanted
    wanted=$(sed 's/#.*//; s/[[:space:]]//g; /^$/d' "${@/%/.txt}" | sort -u)
    # shellcheck disable=SC2086 # one word a package
    comm -23 <(printf '%s\n' "$wanted") \
        <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# install_packages LIST...: only what is missing; quiet and without a network when nothing is.
install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This installs packages of Debian 12; the lists in installer/packages say what Punctual needs elsewhere."
        return 1
    fi
    local missing
    mapfile -t missing < <(missing_packages "${@/#/installer/packages/}")
    [[ ${#missing[@]} -eq 0 ]] && return
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    # Punctual runs a PostgreSQL of its own. Where there was none before, let Debian not start another.
    if ! dpkg-query -W postgresql-common >/dev/null 2>&1; then
        as_root mkdir -p /etc/postgresql-common/createcluster.d
        as_root tee /etc/postgresql-common/createcluster.d/punctual.conf >/dev/null <<<'create_main_cluster = false'
    fi
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
    mkdir -p build
    if ! { as_root "${apt[@]}" update && as_root "${apt[@]}" install --no-install-recommends "${missing[@]}"; } \
        </dev/null >build/packages.log 2>&1; then
        tail -n 20 build/packages.log >&2
        say "The packages could not be installed: all of it is in $PWD/build/packages.log"
        return 1
    fi
}

# A home and a compiler cache that can be written, also for a service or in a container without them.
ensure_writable_home() {
    if ! [[ -d ${HOME:-} && -w ${HOME:-} ]]; then
        export HOME=$PWD/build/home
        mkdir -p "$HOME"
    fi
    local cache
    cache=$(ccache --get-config cache_dir 2>/dev/null) || cache=
    if ! { [[ -n $cache ]] && mkdir -p "$cache/tmp" && [[ -w $cache && -w $cache/tmp ]]; } 2>/dev/null; then
        export CCACHE_DIR=$PWD/build/ccache
    fi
}

# build PRESET: configures when that is needed and builds, with at most one job a core.
build() {
    local preset=$1
    if [[ ! -f build/$preset/build.ninja || CMakePresets.json -nt build/$preset/CMakeCache.txt ]]; then
        cmake --preset "$preset" || return
    fi
    cmake --build --preset "$preset" --parallel "$(nproc)"
}
