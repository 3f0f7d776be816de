#!/bin/sh
# Puts another version of the program into place. The one before is kept, and can be had back.
#
#     sh update.sh CHECKOUT      the folder that viz.py of the new version lies in
#     sh update.sh --back        the version before; once more, and it is the newer one again
#
# The exhibit goes on until the new version is ready, then it is started anew. Settings and units stay as they are.
set -eu

program=@program@
before=$program.before
new=$program.new
swap=$program.swap

say() { echo "update.sh: $*"; }

refuse() {
    echo "update.sh: $*" >&2
    exit 1
}

# The environment of Python lies with each version, so that going back needs no network.
prepare() {
    rm -rf "$new"
    mkdir -p "$new"
    tar -C "$1" --exclude=./.git --exclude=./.venv --exclude='./.*_cache' --exclude=__pycache__ \
        -cf "$new.tar" .
    tar -C "$new" --no-same-owner -xf "$new.tar"
    rm -f "$new.tar"
    chmod -R u=rwX,go=rX "$new"
    if [ -d "$program/.venv" ]; then
        cp -a "$program/.venv" "$new/.venv"  # where the libraries are the same, nothing is fetched
    else
        mkdir "$new/.venv"
    fi
    chown -R @user@: "$new/.venv"
    runuser -u @user@ -- env HOME=@home@ @python@ "$new/viz.py" doctor
    chown -R root:root "$new"
    # Nobody but root may write there from now on, so what Python keeps to be quicker is made here.
    @python@ -m compileall -q "$new/engine" "$new/scenes" "$new/simulation_server"
}

restart() {
    [ -d /run/systemd/system ] || return 0
    systemctl try-restart visualizer-kiosk.service visualizer-kiosk-weston.service
}

[ "$(id -u)" = 0 ] || refuse "this changes the system: run it as root."
case ${1:-} in
    --back)
        [ -f "$before/viz.py" ] || refuse "there is no version before: $before is missing."
        rm -rf "$swap"
        [ ! -e "$program" ] || mv "$program" "$swap"
        mv "$before" "$program"
        [ ! -e "$swap" ] || mv "$swap" "$before"
        say "the version before is in $program again"
        ;;
    "" | -*)
        refuse "name the checkout of the new version, or --back."
        ;;
    *)
        [ -f "$1/viz.py" ] || refuse "there is no viz.py in $1."
        [ "$(cd "$1" && pwd -P)" != "$(cd "$program" 2> /dev/null && pwd -P)" ] || refuse "$1 is what is installed."
        trap 'say "the new version could not be set up; nothing was changed"' EXIT
        prepare "$1"
        trap - EXIT
        kept=$before
        if diff -rq --exclude=.venv --exclude=__pycache__ "$new" "$program" > /dev/null 2>&1; then
            kept=$swap  # the same version, set up anew: what was before it stays what was before
        fi
        rm -rf "$kept"
        [ ! -e "$program" ] || mv "$program" "$kept"
        mv "$new" "$program"
        rm -rf "$swap"
        say "the version of $1 is in $program"
        ;;
esac
restart
