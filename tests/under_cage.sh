#!/bin/sh
# Proof, by hand: the exhibit starts under cage, shows pictures, and ends in order when asked to. Needs no screen.
#
#     sh tests/under_cage.sh [SECONDS]                       how long it is shown, 10 if nothing is said
#     VIZ_COMMAND="viz.py kiosk my.toml" sh tests/under_cage.sh
#     RESTART=1 sh tests/under_cage.sh                       an exhibit, which is killed and has to come back
#
# Installs nothing and says what is missing. cage draws into memory (its headless backend) and refuses to run as root.
# HOME is a new folder for the time, so nothing is remembered; the environment of Python is the checkout's, or the one
# that VIZ_VENV names. What counts as shown: pictures that the program handed to cage and cage gave back, as
# WAYLAND_DEBUG tells them, or READY=1 of a supervisor that keeps the words of its program to itself. PICTURE=FILE.png
# keeps what stands on the screen at last, if grim is installed.
#
# Exit code: 0 all of it held, 1 something did not, 2 something is missing.
# shellcheck disable=SC2317 # what is called by `within` and by traps is reached
set -eu

picture=${PICTURE:+$(realpath "$PICTURE")}
root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
shown=${1:-10}
command=${VIZ_COMMAND:-viz.py run --fullscreen}
port=${PORT:-8791} # where the exhibit of RESTART says how it stands
start=60 end=15 # seconds, at most, to the first picture and from SIGTERM to the end
failed=0

missing=""
for tool in cage Xwayland "$python" ${PICTURE:+grim}; do
    command -v "$tool" > /dev/null || missing="$missing $tool"
done
# SDL calls into them without a look whether they are there, and crashes
for library in libwayland-egl.so.1 libwayland-cursor.so.0 libxkbcommon.so.0; do
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -qF "$library" || missing="$missing $library"
done
if [ -n "$missing" ]; then
    echo "missing:$missing (Debian: apt install cage xwayland python3 libwayland-egl1 libwayland-cursor0 libxkbcommon0)"
    exit 2
fi
if [ "$(id -u)" = 0 ]; then
    echo "cage does not run as root: start this as somebody else."
    exit 2
fi

work=$(mktemp -d)
mkdir -m 700 "$work/home" "$work/run"
touch "$work/heard" "$work/told"
cage_pid="" listener=""
clean() {
    for each in $cage_pid $listener; do
        kill "$each" 2> /dev/null || true
    done
    rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM
if [ -n "${RESTART:-}" ]; then
    printf 'folder = "%s/kiosk"\n[office]\nport = %s\n' "$work" "$port" > "$work/kiosk.toml"
    command="viz.py kiosk $work/kiosk.toml"
fi

tell() { printf '%-34s %s\n' "$1" "$2"; }

check() { # check WHAT YES-OR-NO: one line of the table
    tell "$1" "$2"
    [ "$2" = yes ] || failed=1
}

within() { # within SECONDS COMMAND...: until it holds; 1 if it does not in that time
    left=$(($1 * 5))
    shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.2
    done
}

ready() { grep -qs READY=1 "$work/heard"; }
pictures() { grep -cs -E 'wl_surface@[0-9]+\.attach\(wl_buffer@' "$work/told" || true; }
given_back() { grep -cs -E 'wl_buffer@[0-9]+\.release\(' "$work/told" || true; }
shows() { ready || [ "$(given_back)" -gt 1 ]; }
ended() { [ -s "$work/code" ]; }
seen_or_ended() { shows || ended; }
started() { # started N: whether it has been started so often, and has shown something since
    "$python" - "$port" "$1" << 'STATUS' 2> /dev/null
import json, sys, urllib.request
told = json.load(urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/status", timeout=1))
sys.exit(not (told["starts"] >= int(sys.argv[2]) and told["ticks"] > 0))
STATUS
}
gone() { ! kill -0 "$cage_pid" 2> /dev/null; }

# What systemd would hear.
"$python" - "$work/notify" "$work/heard" << 'LISTENER' &
import socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
with open(sys.argv[2], "wb", buffering=0) as heard:
    while True:
        heard.write(listener.recv(4096) + b"\n")
LISTENER
listener=$!
within 10 test -S "$work/notify"

# $command is a list of words; the shell in between keeps the exit code, which cage of Debian 12 does not pass on
cd "$root"
# shellcheck disable=SC2016
HOME=$work/home XDG_RUNTIME_DIR=$work/run NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=30000000 \
    WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 \
    SDL_VIDEODRIVER=wayland SDL_VIDEO_WAYLAND_ALLOW_LIBDECOR=0 WORK=$work COMMAND=$command PYTHON=$python \
    cage -- sh -c 'WAYLAND_DEBUG=client "$PYTHON" $COMMAND > "$WORK/said" 2> "$WORK/told" &
        echo $! > "$WORK/pid"
        echo "$WAYLAND_DISPLAY" > "$WORK/display"
        wait $!
        echo $? > "$WORK/code"' 2> "$work/cage" &
cage_pid=$!

tell command "$command"
within "$start" seen_or_ended || true
if shows; then check "showed a picture" yes; else check "showed a picture" no; fi
if ! ended; then
    sleep "$shown"
    if [ -n "$picture" ]; then
        # A window that fills the screen goes past cage, which then has never painted its own four buffers: to grim
        # the first pictures are black.
        for _ in 1 2 3 4 5 6; do
            XDG_RUNTIME_DIR=$work/run WAYLAND_DISPLAY=$(cat "$work/display") grim "$picture"
            sleep 0.5
        done
        tell "kept" "$picture"
    fi
fi
if [ -n "${RESTART:-}" ]; then
    if within "$start" started 1; then check "says how it stands" yes; else check "says how it stands" no; fi
    child=$(cat "/proc/$(cat "$work/pid")/task/$(cat "$work/pid")/children")
    # shellcheck disable=SC2086 # a list
    kill -9 $child
    if within "$start" started 2; then check "killed, and shown again" yes; else check "killed, and shown again" no; fi
fi
if ended; then check "went on for $shown s" no; else check "went on for $shown s" yes; fi
tell "pictures, and given back by cage" "$(pictures), $(given_back)"
tell "told systemd" "$(sort "$work/heard" | uniq -c | tr -s ' \n' ' ')"

ended || kill -TERM "$(cat "$work/pid")"
if within "$end" ended; then soon=yes; else soon=no; fi
check "ended within $end s of SIGTERM" "$soon"
code=$(cat "$work/code" 2> /dev/null || echo none)
tell "exit code" "$code"
if [ "$code" = 0 ]; then check "ended in order" yes; else check "ended in order" no; fi
if within 5 gone; then check "cage ended by itself" yes; else check "cage ended by itself" no; fi

if [ "$failed" = 1 ]; then
    echo "--- what the program said"
    grep -v '^\[ *[0-9.]*\] ' "$work/told" | tail -n 40
    echo "--- what cage said"
    tail -n 20 "$work/cage"
fi
exit "$failed"
