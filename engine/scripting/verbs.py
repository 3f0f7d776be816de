"""The verbs that any app's scripts have, by name, in the order of the manual. Whoever has more makes a table of both.

A verb is a function of the pilot and of the words on its line; its docstring is its manual.
"""

from .hand import click, drag, key, pinch, point, press, scroll, type_text
from .pictures import film, mark, shot, size
from .script import Verbs
from .timing import expect, run, until, waiting

VERBS: Verbs = {
    "size": size,
    "point": point,
    "press": press,
    "click": click,
    "drag": drag,
    "scroll": scroll,
    "pinch": pinch,
    "key": key,
    "type": type_text,
    "run": run,
    "wait": waiting(run),
    "until": until,
    "expect": expect,
    "mark": mark,
    "shot": shot,
    "film": film,
}
