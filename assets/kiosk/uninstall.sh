#!/bin/sh
# Takes the exhibit off this machine. Settings, reports and the user stay; with --all they go, too. Packages stay.
#
#     sh uninstall.sh [--all]
set -eu

refuse() {
    echo "uninstall.sh: $*" >&2
    exit 1
}

case ${1:-} in
    "" | --all) ;;
    *) refuse "there is no option $1, only --all." ;;
esac
[ "$(id -u)" = 0 ] || refuse "this changes the system: run it as root."

for unit in visualizer-kiosk.service visualizer-kiosk-weston.service; do
    if [ -e "@units@/$unit" ]; then
        [ ! -d /run/systemd/system ] || systemctl stop "$unit"
        systemctl disable --quiet "$unit"
        rm -f "@units@/$unit" "@units@/$unit.new"
    fi
done
[ ! -d /run/systemd/system ] || systemctl daemon-reload
systemctl enable --quiet getty@@terminal_name@.service
rm -rf @program@ @program@.before @program@.new @program@.swap

if [ "${1:-}" = --all ]; then
    rm -rf @settings_folder@
    if id @user@ > /dev/null 2>&1; then
        loginctl terminate-user @user@ 2> /dev/null || true # Weston's login may have left something running
        userdel --force --remove @user@
    fi
    echo "uninstall.sh: all of it is gone."
else
    echo "uninstall.sh: the program is gone; @settings_folder@ and @home@ are kept (--all takes them away)."
fi
