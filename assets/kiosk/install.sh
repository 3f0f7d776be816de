#!/bin/sh
# Installs the exhibit on Debian 12 or 13. May be run again: what is there stays, what you have edited is kept.
#
#     sh install.sh [--weston] [CHECKOUT]
#
# CHECKOUT is the folder that viz.py lies in. --weston is for a panel that is turned (see weston.ini).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
source=@source@
compositor=cage
for word in "$@"; do
    case $word in
        --weston) compositor=weston ;;
        -*) echo "install.sh: there is no option $word, only --weston." >&2; exit 2 ;;
        *) source=$word ;;
    esac
done
record=@settings_folder@/installed.sha256

say() { echo "install.sh: $*"; }

refuse() {
    echo "install.sh: $*" >&2
    exit 1
}

# put FROM TO MODE: TO becomes FROM, unless it was edited since the last time: then FROM lies beside it as TO.new.
put() {
    if [ -e "$2" ] && ! cmp -s "$1" "$2" && ! grep -qxF "$(sha256sum "$2")" "$record"; then
        install -m "$3" "$1" "$2.new"
        say "$2 was edited and is kept; the new one is $2.new"
    else
        install -m "$3" "$1" "$2.begun"
        mv -f "$2.begun" "$2"
        rm -f "$2.new"
    fi
    remember "$1" "$2"
}

# remember FROM TO: what was to be in TO, so that an edit can be told from an older version.
remember() {
    digest=$(sha256sum "$1")
    { grep -vF "  $2" "$record" || true; echo "${digest%% *}  $2"; } > "$record.begun"
    mv -f "$record.begun" "$record"
}

[ "$(id -u)" = 0 ] || refuse "this changes the system: run it as root."
command -v apt-get > /dev/null || refuse "this needs Debian 12 or 13, and there is no apt-get here."
[ -f "$source/viz.py" ] || refuse "there is no viz.py in $source: name the checkout, sh install.sh CHECKOUT."
if systemctl is-enabled --quiet display-manager.service 2> /dev/null; then
    refuse "this machine starts a desktop. First: systemctl disable --now display-manager.service"
fi

# libwayland-egl1 and -cursor0 are not asked for by any other package, and without them SDL crashes on Wayland.
# cage of Debian 12 ends at once where Xwayland is missing. viz.py sets itself up with pip, and brings its fonts.
say "installing packages"
packages="python3 python3-venv python3-pip libegl1 libgl1 libgl1-mesa-dri libwayland-egl1 libwayland-cursor0
    libwayland-client0 libxkbcommon0 procps udev"
case $compositor in
    cage) packages="$packages cage xwayland seatd" ;;
    weston) packages="$packages weston dbus libpam-systemd" ;;
esac
export DEBIAN_FRONTEND=noninteractive
apt-get update
# shellcheck disable=SC2086 # a list of words
apt-get install -y --no-install-recommends $packages

if ! id @user@ > /dev/null 2>&1; then
    say "making the user @user@"
    useradd --system --create-home --home-dir @home@ --shell /usr/sbin/nologin @user@
fi
usermod --append --groups video,render,input,audio @user@

say "copying $source to @program@ and setting it up"
sh "$here/update.sh" "$source"

mkdir -p @settings_folder@
touch "$record"
example=$(mktemp)
runuser -u @user@ -- env HOME=@home@ @python@ @program@/viz.py kiosk --example > "$example"
if [ ! -e @settings@ ]; then
    install -m 644 "$example" @settings@
elif ! cmp -s "$example" @settings@; then
    install -m 644 "$example" @settings@.new
    say "@settings@ is kept; what a new one looks like is in @settings@.new"
fi
rm -f "$example"

put "$here/visualizer-kiosk.service" @units@/visualizer-kiosk.service 644
put "$here/visualizer-kiosk-weston.service" @units@/visualizer-kiosk-weston.service 644
put "$here/weston.ini" @settings_folder@/weston.ini 644
put "$here/weston-start.sh" @settings_folder@/weston-start.sh 755

case $compositor in
    cage) unit=visualizer-kiosk other=visualizer-kiosk-weston ;;
    weston) unit=visualizer-kiosk-weston other=visualizer-kiosk ;;
esac
[ ! -d /run/systemd/system ] || systemctl daemon-reload
systemctl disable --quiet "$other.service" getty@@terminal_name@.service
systemctl enable --quiet "$unit.service"
[ "$compositor" = weston ] || systemctl enable --quiet seatd.service
say "done. Look at @settings@, then restart the machine, or: systemctl start $unit"
