"""What `--help` says beyond the list of options; words only, no behaviour."""

SUMMARY = {
    "run": "open the visualizer (the default)",
    "open": "show a recorded run, or the moment of a line or a picture",
    "runs": "list the runs that were kept; name, note, pin, remove and export them",
    "compare": "lay recorded or kept runs beside each other",
    "sweep": "train many runs that differ in a few settings, and lay the medians beside each other",
    "kiosk": "an exhibit: full screen, no way out, started again whatever happens",
    "serve": "run the backend alone; needs no graphics",
    "play": "play a script off screen and keep its shots, or record one",
    "check": "play scripts and compare their shots with the goldens",
    "film": "film a script: .mp4, .webp, .gif or pictures",
    "bench": "time the frames on this machine",
    "doctor": "say what this machine offers and what it lacks",
    "faults": "bring about what can go wrong, and say what holds",
    "soak": "run the exhibit for hours and say what has grown",
    "selftest": "try a screen: touch, keys, colours, tearing, frames, sound, training",
    "test": "run every check, or pytest alone with its arguments",
}

ACTS = {
    "rename": "give a run a name",
    "note": "write a note on a run",
    "pin": "let a run stay, however full the folder is",
    "remove": "take runs away for good",
    "export": "write a run as .csv, .json, .npz or Python code, or a chart of it as .svg, .pdf or .png",
    "rebuild": "make the index anew from the files",
}

DESCRIPTION = {
    "viz": "Watch a neural network learn, in three dimensions. The first start sets everything up beside viz.py.",
    "run": "Open the visualizer with its own backend. Without a display it draws the demo into picture files.",
    "open": (
        "Show a run that was recorded: play it at any speed, pause it, look at any of its epochs. Or bring back the "
        "moment that a copied line tells, or a picture that this program wrote: it is trained anew, to the same bits. "
        "Without a display the last epoch, or the moment, is drawn into a picture file."
    ),
    "runs": (
        "Every run that is trained in the window is kept, whole, in a file of its own. Without an act they are listed, "
        "newest first: what each learned, what differs from the usual, what it came to. An ID may be shortened to its "
        "last part, or to the beginning of either, where no other run has the same; a name does as well."
    ),
    "compare": (
        "Lay two to eight runs beside each other on one timeline: what they answer, their networks, their curves, and "
        "a name for each that says only what differs. From any epoch of one that was trained here another future can "
        "be trained on. Without a display they are drawn into a picture file."
    ),
    "sweep": (
        "Train each combination of the values that are given, with as many seeds, as many runs at once as there are "
        "cores. Each run is kept (see runs). What each combination has come to is printed: the median of its seeds on "
        "what they have not seen, and how far they lie apart. Then the median runs are laid beside each other. Ctrl+C "
        "keeps what is done."
    ),
    "kiosk": (
        "Run the visualizer as an exhibit that nobody has to look after: full screen, without a way out for visitors, "
        "a script while nobody is there, and a small process beside it that starts it again where it crashes or "
        "freezes. The file is checked whole, and the script played, before anything is shown."
    ),
    "serve": "Answer training requests over HTTP until Ctrl+C. The address is printed once it listens.",
    "play": "Play a script without a window: each shot becomes DIR/<shot>.png and DIR/<shot>.json. Or record one.",
    "check": "Play scripts and compare each shot with the golden of its name: its words, text layer and picture.",
    "film": (
        "Play a script without a window and keep every frame. Time is the script's: a slow machine takes longer, "
        "and writes the same film."
    ),
    "bench": "Draw frames as fast as they come and print how long they took, and what they took.",
    "doctor": "Print Python, SDL, OpenGL and display facts, and how to mend what is missing.",
    "faults": (
        "Bring about, off screen, the faults that a program can bring about by itself, one row after the other: of the "
        "loop (L), the client (N), the backend (B), files and exhibits (K) and the states of a run (F). What was seen "
        "is printed, with a verdict: holds, fails, or not here and why. Or play what a server should not send, one "
        "stream after the other: each has to end as it should, in words for a visitor, without a frame of more than "
        "100 ms and without 100 MB more memory."
    ),
    "soak": (
        "Run the exhibit off screen, as fast as it can, with a visitor once a minute, and look at it once a second: "
        "memory, OpenGL objects, threads, open handles, frames. Nothing may have grown at the end."
    ),
    "selftest": (
        "Open the screen as the exhibit would, and try what it is made of: every part of it is touched, five keys are "
        "pressed, frames are counted, a short run is trained; whether colours can be told apart, bars cross in one "
        "piece and a tone is heard, somebody in front of it says. What was found is printed at the end, a line each; "
        "the exit code is 0 only where all of it is in order."
    ),
    "test": "Without arguments: ruff, mypy, pytest, up to the first failure. With arguments: pytest with them.",
}

_KEYS = """\
keys:
  Space      start, pause, play on, retry  R          retry after an error
  S          stop                          T          dark or light
  Ctrl+Z     undo; Ctrl+Y: do it again     Ctrl+C     copy this moment as a line; Ctrl+V opens one
  Escape     one step back                 F11, F     full screen
  1-5        batch size                    O, P       go round; for a projector
  [ ]        slower, faster                F12        keep a picture
  Tab        next control (Shift: back)    Home       camera as it was
  arrows     turn, or move the focused slider
  + -        zoom                          Ctrl+Q     quit
  mouse      drag turns, wheel zooms; two fingers pinch
"""

_ENVIRONMENT = """\
environment (the command line wins, then these, then the settings file):
  VIZ_THEME, VIZ_SCALE, VIZ_SIZE, VIZ_SPEED, VIZ_RAMP, VIZ_MOTION, VIZ_QUALITY   of the window; VIZ_SPEED in
                   milliseconds an epoch
  VIZ_API_URL      backend to use, also by play and --headless; of all the rest these take nothing, so that
                   pictures depend on the script and the command line alone
  VIZ_SOFTWARE=1   draw with the processor even where there is a graphics card
  VIZ_VENV         folder for the private Python environment (default: .venv beside viz.py)
  PORT             port of serve
"""

_EXIT_CODES = """\
exit codes:
  0 done   1 failed   2 wrong usage   3 no usable OpenGL or display
  4 backend out of reach (headless)   130 ended by Ctrl+C   143 ended in the middle by SIGTERM
  (a window that SIGTERM ends has ended in order: 0)
"""

EPILOG = {
    "viz": f"""\
examples:
  python3 viz.py                          set up on first use, then open the window
  python3 viz.py --theme light --size 1600x900
  python3 viz.py run --headless --out shots
  python3 viz.py open run.ndjson          a recorded run; also a line that was copied, or a picture of ours
  python3 viz.py serve --port 0           backend on any free port
  python3 viz.py VERB --help              the options of one verb

{_ENVIRONMENT}
{_EXIT_CODES}
{_KEYS}""",
    "run": f"""\
examples:
  python3 viz.py run --fullscreen --scale 1.5
  python3 viz.py run --seed 7             the same training run each time
  python3 viz.py --dataset exclusive-or --features x,y --layers none --learning-rate 0.1
  python3 viz.py run --csv mine.csv       your own table; --class NAME learns another column than the last one
  python3 viz.py run --url http://127.0.0.1:3001
  python3 viz.py --fullscreen --attract   an exhibit: the demo plays until somebody touches the screen
  python3 viz.py --fullscreen --attract tour.script --patience 120

With --attract whoever comes finds everything as the program began; the first touch only wakes it. After --patience
seconds without a touch, and not in the middle of a run, the script begins again. In it `size`, `shot` and `film` do
nothing. What visitors change is not remembered.


{_KEYS}
{_ENVIRONMENT}
{_EXIT_CODES}""",
    "open": """\
examples:
  python3 viz.py open run.ndjson
  python3 viz.py open run.ndjson --speed 20 --theme light --fullscreen
  python3 viz.py open run.ndjson --headless --out pictures     pictures/run.png and pictures/run.json
  python3 viz.py open spiral layers=8,8 activation=relu learning_rate=0.03 seed=7 epoch=31
  python3 viz.py open docs/pictures/training.png               the moment that it shows
  python3 viz.py open k3f7                                     a run that was kept (python3 viz.py runs)

The file, which gzip may have packed, holds one JSON object a line, as docs/protocol.md says: a header, a line for each
epoch, an end. What the backend streams can be kept as it is:

  curl -H 'Accept: application/x-ndjson' -H 'Content-Type: application/json' \\
       -d '{"source": "trained", "dataset": "digits"}' http://127.0.0.1:3001/api/train > run.ndjson

A run of your own needs no more than figures; this one is whole:

  {"type": "header", "version": 1, "title": "My own run"}
  {"type": "epoch", "epoch": 1, "loss": 0.69, "accuracy": 51.2}
  {"type": "epoch", "epoch": 2, "loss": 0.52, "accuracy": 73.4}
  {"type": "end", "status": "complete", "reason": "patience ran out", "epochs": 2}

It may be as long as it likes: the file is read as it is played, and of a network's states as many are kept as 256 MB
hold, older ones thinned evenly. Space pauses and goes on, comma and full stop go from epoch to epoch, [ and ] change
the speed, a press on a chart or on the bar shows that epoch again. A file that is damaged in the middle is shown up to
there. Exit code 1: the file cannot be read, or with --headless not be shown to its end.
""",
    "sweep": """\
examples:
  python3 viz.py sweep --learning-rate 0.003,0.01,0.03,0.1 --seeds 5
  python3 viz.py sweep --dataset circle --layers 2/4/8,8 --activation tanh,relu --no-window --json
""",
    "compare": """\
examples:
  python3 viz.py compare slow fast            two kept runs, by their names
  python3 viz.py compare a.ndjson b.ndjson.gz --headless --out pictures
""",
    "runs": """\
examples:
  python3 viz.py runs
  python3 viz.py runs rename k3f7 two rings, at last
  python3 viz.py runs note k3f7 with half the points it no longer works
  python3 viz.py runs pin k3f7                          --off takes the pin away
  python3 viz.py open k3f7                              shows it again, every epoch of it
  python3 viz.py runs export k3f7 --to run.csv          figures of every epoch; .json has them, too
  python3 viz.py runs export k3f7 --to net.npz --epoch 30
  python3 viz.py runs export k3f7 --to net.py --as torch
  python3 viz.py runs export k3f7 --to loss.pdf         a chart alone, for paper: .svg, .pdf, .png; words stay words
  python3 viz.py runs export k3f7 --to map.svg --chart answers --epoch 30
  python3 viz.py runs export k3f7 m2xb --to both.svg    curves of up to eight, in their colours, told by what differs
  python3 viz.py runs remove k3f7 m2xb
  python3 viz.py runs --json
  python3 viz.py runs rebuild                           the index; the files are the truth

Up to 2 GB are kept; then the oldest go, but those with a name, a note or a pin. --no-keep keeps none; exhibits,
scripts, films and checks keep none by themselves. The files lie in the folder runs of this user's data, one a run,
with the lines of docs/protocol.md; what a program that was killed had written is there, but for its last line.
""",
    "kiosk": """\
examples:
  python3 viz.py kiosk --example > kiosk.toml
  python3 viz.py kiosk kiosk.toml
  python3 viz.py kiosk --install                 what a Debian needs, in kiosk-install/

""",
    "serve": """\
examples:
  python3 viz.py serve
  python3 viz.py serve --port 0 --seed 7 --delay
  PORT=8080 python3 viz.py serve
""",
    "play": """\
examples:
  python3 viz.py play states.script --out shots --size 1920x1080 --theme light
  python3 viz.py play tour.script --rehearse    an hour of it in half a minute: does every line still hold?
  python3 viz.py play --record visit.script     what you do in the window becomes a script

Size, theme and scale are what the script begins with; its own verbs come after. Scripts that come along are found by
name: demo.script, states.script, datasets.script, and eight lessons: lessons/1-noise.script to
lessons/8-batch-size.script.
""",
    "check": """\
examples:
  python3 viz.py check exhibit.script --report report.html
  python3 viz.py check exhibit.script --accept training paused
  python3 viz.py check states.script --golden tests/golden

The goldens of exhibit.script lie beside it in golden/exhibit/: NAME.png, NAME.json, and fingerprints.json, which says
what drew each. With the same driver and processor every byte must be the same; elsewhere the means of tiles must be.
A golden that is missing, damaged or belongs to no shot fails, and so does a script that cannot be read; all others are
checked. The report is a new .html file, or takes the place of an older report and of nothing else. --accept writes what
failed and nothing else, and the check still fails, so that it cannot pass by accident. A golden that another driver
drew is best accepted there; --force replaces it from here, even where it passes. The backend is the embedded one; no
setting of the user enters.
""",
    "film": """\
examples:
  python3 viz.py film demo.script --out demo.mp4
  python3 viz.py film demo.script --out demo.webp --size 960x540 --fps 20
  python3 viz.py film demo.script --out frames/     frame-000001.png, frame-000002.png ...

An .mp4 is made by the ffmpeg that is installed, else by one that the first film fetches; .webp and .gif by Pillow,
fetched likewise; a folder of pictures needs nothing, and those of an earlier film in it give way. Of n ticks of 1/60 s
there are n x fps / 60 frames, rounded down. The script's own shots and films are passed over. Ctrl+C ends the film
early: what there is can be played.
""",
    "bench": """\
examples:
  python3 viz.py bench --size 1920x1080 --frames 600 --json > before.json
  python3 viz.py bench --size 1920x1080 --compare before.json
  python3 viz.py bench --scene window         percent of a core before a run, in training, paused, hidden
  python3 viz.py bench --scene compare        one run on the dashboard, then one to eight beside each other
  python3 viz.py bench --scene charts         what another epoch costs after 100 of them, and after 10,000,000
  python3 viz.py bench --peers                beside matplotlib, pyqtgraph and VisPy, those that are installed:
      python3 -m pip --python .venv/bin/python install matplotlib pyqtgraph pyqt6 vispy
  python3 viz.py bench --document FILE.md     all of it, as a page with plots

The yardstick, a full-screen copy and a Python loop, is measured in the same run: on a machine that is busier now than
it was then, compare what is left after division by it.
""",
    "doctor": """\
example:
  VIZ_SOFTWARE=1 python3 viz.py doctor    what the processor alone can draw
""",
    "faults": """\
examples:
  python3 viz.py faults                       all rows, in a minute; exit code 1 if one fails
  python3 viz.py faults N B3 K10              those rows, or groups of them
  python3 viz.py faults --list
  python3 viz.py faults streams               all of them; exit code 1 if one does not end as it should
  python3 viz.py faults streams --only wire   those of that family
  python3 viz.py faults streams --only "weights of" --json
""",
    "selftest": """\
examples:
  python3 viz.py selftest kiosk.toml          on the screen of the exhibit, before the first visitor
  python3 viz.py selftest --windowed          in a window
""",
    "soak": """\
examples:
  python3 viz.py soak                         half an hour, several hundred runs
  python3 viz.py soak --minutes 240 --json > soak.json
  python3 viz.py soak --hours 70              a week of opening hours, in some three and a half

Nothing is judged by the first fifth of the time. After it memory may grow by 0.2 MB a minute, by least squares; what
OpenGL holds, threads and open handles have to be as many in the last fifth as in the first, by the least of each, since
more of them come and go with every run; and 95 of 100 frames have to take what they took, within 5 %, divided by the
yardstick, a full-screen copy that is measured after each minute. With --hours one frame is drawn a second, so that
frames say nothing. Ctrl+C ends it early, and what was measured by then is told. Exit code 0 if all holds, else 1.
""",
    "test": """\
examples:
  python3 viz.py test                     all checks, as the continuous build runs them
  python3 viz.py test tests/test_viz.py -k stamp -x
""",
}
