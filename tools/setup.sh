# tools/setup.sh - for ./run and ./test to source: installs what is missing, and builds.
#
# Read first: tools/packages.txt.
# What must hold: when nothing is missing this needs no network, no root and well under a second.

say() {
    printf '%s\n' "$*" >&2
}

# packages_of KIND...: the names in tools/packages.txt of these kinds.
packages_of() {
    local kind
    for kind in "$@"; do
        awk -v kind="$kind" '$1 == kind { print $2 }' tools/packages.txt
    done
}

# as_root COMMAND...: run it as root, or say what a person with the right to do so should run.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        say "These packages can be installed by root only. As root, run:  $*"
        return 1
    fi
}

# install_packages KIND...: installs those of tools/packages.txt that are missing.
install_packages() {
    local missing=() name log
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "This is not Debian: have these installed yourself: $(packages_of "$@" | tr '\n' ' ')"
        return 0
    fi
    for name in $(packages_of "$@"); do
        dpkg -s "$name" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$name")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "Installing: ${missing[*]}"
    log=$(mktemp)
    if ! as_root apt-get update -qq >"$log" 2>&1 ||
        ! as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "The packages above could not be installed. Is there a connection to the network?"
        return 1
    fi
    rm -f "$log"
}

# build FOLDER MESON_OPTION...: configures when that is needed, then builds. Quiet when it works.
build() {
    local folder=$1 log
    shift
    mkdir -p "$folder"
    log=$folder/setup.log
    if [ ! -f "$folder/build.ninja" ]; then
        say "Configuring $folder"
        # --wipe makes good what an interrupted configuration left behind.
        if [ -d "$folder/meson-private" ]; then
            set -- --wipe "$@"
        fi
        meson setup "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
    elif has_new_module "$folder"; then
        meson setup --reconfigure "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
    fi
    ninja -C "$folder" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# has_new_module FOLDER: Meson does not notice by itself that a module's folder has come.
has_new_module() {
    [ -n "$(find src tests include -newer "$1/build.ninja" \
        \( -name meson.build -o -name modules.txt -o -name handrail.h \) -print -quit)" ]
}
