#!/bin/sh
# What Weston starts: it can be told a file alone, without words behind it. When Weston is no more, the program is asked
# to end, which nobody else would do: in a login of its own it is out of systemd's sight.
exec setpriv --pdeathsig TERM @python@ @program@/viz.py kiosk @settings@
