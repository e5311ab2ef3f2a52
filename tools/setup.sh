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

# as_root COMMAND...: runs it as root.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# install_packages KIND...: installs those of tools/packages.txt and of web/ that are missing.
install_packages() {
    install_debian_packages "$@" && install_web_packages "$@"
}

# is_installed NAME [PROGRAM]: whether Debian's package is there, or a program that will do.
is_installed() {
    dpkg -s "$1" 2>/dev/null | grep -q '^Status: install ok installed' ||
        { [ -n "${2:-}" ] && command -v "$2" >/dev/null 2>&1; }
}

install_debian_packages() {
    local missing=() name program log
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "This is not Debian: have these installed yourself: $(packages_of "$@" | tr '\n' ' ')"
        return 0
    fi
    for name in $(packages_of "$@"); do
        program=$(awk -v name="$name" '$2 == name { print $3 }' tools/packages.txt)
        is_installed "$name" "$program" || missing+=("$name")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        say "These packages are missing: ${missing[*]}"
        say "Only root can install them, and there is no sudo here. Have root run this, then try"
        say "again:"
        say "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
        return 1
    fi
    say "Installing, which may take a minute or two: ${missing[*]}"
    log=$(mktemp)
    # A source that cannot be reached need not matter; if it does, the installation says so.
    as_root apt-get update -qq >"$log" 2>&1 || true
    if ! as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
        tail -n 10 "$log" >&2
        rm -f "$log"
        say "These packages could not be installed: ${missing[*]}"
        say "Is there a connection to the network, and the right to install?"
        return 1
    fi
    rm -f "$log"
}

# install_web_packages KIND...: what the look is built from, and for tests what pages are tested
# with. A copy of the lock file in web/node_modules says what was installed; when it agrees, no
# network is needed.
install_web_packages() {
    local all=web/node_modules/.installed-all product=web/node_modules/.installed-product
    local stamp=$product log
    local omit=(--omit=optional --omit=dev)
    cmp -s web/package-lock.json "$all" && return 0
    case " $* " in
    *" test "*) stamp=$all omit=(--omit=optional) ;;
    *) cmp -s web/package-lock.json "$product" && return 0 ;;
    esac
    say "Installing the packages of web/package-lock.json, which may take a minute"
    log=$(mktemp)
    if ! (cd web && npm ci --ignore-scripts --no-audit --no-fund "${omit[@]}") >"$log" 2>&1; then
        tail -n 10 "$log" >&2
        rm -f "$log"
        say "npm could not install what web/package-lock.json names. Is there a connection to the" \
            "network? Behind a mirror: npm config set registry ADDRESS"
        return 1
    fi
    rm -f "$log"
    cp web/package-lock.json "$stamp"
}

# build FOLDER MESON_OPTION...: configures when that is needed, then builds. Quiet when it works.
build() {
    local folder=$1 log
    shift
    if ! mkdir -p "$folder" 2>/dev/null || [ ! -w "$folder" ]; then
        say "You may not write to the folder $folder. Run this as its owner, or in your own copy."
        return 1
    fi
    log=$folder/setup.log
    if [ ! -f "$folder/build.ninja" ] || is_moved "$folder"; then
        say "Building in $folder, which may take a minute the first time"
        # --wipe makes good what an interrupted configuration, or another place, left behind.
        if [ -d "$folder/meson-private" ]; then
            set -- --wipe "$@"
        fi
        meson setup "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
        pwd >"$folder/source_folder.txt"
    elif has_new_module "$folder"; then
        meson setup --reconfigure "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
    fi
    ninja -C "$folder" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# is_moved FOLDER: it was configured when the project lay elsewhere; Meson knows whole paths only.
is_moved() {
    [ -f "$1/source_folder.txt" ] && [ "$(cat "$1/source_folder.txt")" != "$(pwd)" ]
}

# has_new_module FOLDER: Meson does not notice by itself that a module's folder has come.
has_new_module() {
    [ -n "$(find src web/meson.build tests include -newer "$1/build.ninja" \
        \( -name meson.build -o -name modules.txt -o -name handrail.h \) -print -quit)" ]
}
