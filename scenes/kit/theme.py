"""Colours of the dark, the light and the high-contrast theme. Text has 4.5:1 where it stands; 7:1 with high contrast.

Seed values where they pass; the light theme's green, amber and red are darker than the seed's, which fail (D11).
"""

from dataclasses import dataclass, replace

from engine.flat.fonts import Colour
from engine.graphics.picture import Glass, Ground

BAD: Colour = (239, 68, 68)  # loss 1
GOOD: Colour = (16, 185, 129)  # loss 0
SAFE: dict[bool, tuple[Colour, Colour]] = {  # loss 1 and loss 0 for every eye, on dark and on light
    False: ((255, 186, 60), (82, 100, 255)),
    True: ((217, 119, 6), (23, 37, 110)),
}
RAMPS = ("seed", "safe")
MOTIONS = ("full", "reduced")


@dataclass(frozen=True)
class Theme:
    """One set of tokens."""

    name: str
    text: Colour
    muted: Colour
    accent: Colour
    accent_end: Colour  # the gradient goes from accent_start to here
    accent_start: Colour
    primary_start: Colour  # the gradient of what carries white text
    primary_end: Colour
    title_end: Colour
    ok: Colour
    warn: Colour
    danger: Colour
    loss: Colour
    accuracy: Colour
    on_accent: Colour
    panel: Colour
    panel_share: float
    track: tuple[Colour, float]
    grid: tuple[Colour, float]
    layers: tuple[Colour, Colour, Colour, Colour]  # rings: input, hidden 1, hidden 2, output (neutral: see classes)
    positive: Colour  # links whose weight is above zero: they push for
    negative: Colour  # links whose weight is below zero: they push against
    classes: tuple[Colour, ...]  # ten; of outputs, points and the map of answers. The first two are the famous pair
    map_share: float  # of the class's ink over the panel, where the map of answers is sure
    yes: Colour  # a neuron's own map where its value is above zero: lit
    no: Colour  # and where it is below: unlit
    zero: Colour  # and where it says neither: close to what the map lies on
    mote: Colour
    ground: Ground
    border: tuple[Colour, float]
    shadow: tuple[Colour, float]
    lift: tuple[Colour, float]  # the shadow under the pointer; on dark ground, a glow
    bloom: float
    bias: float
    links: float  # strength of the links in the field
    under_text: float = 1.0  # opacity of the track at most, where text stands on it
    bad: Colour = BAD
    good: Colour = GOOD
    language: str = "en"  # what is said in it: words that were drawn in another are drawn anew

    @property
    def light(self) -> bool:
        """Whether the ground is light: glows stain instead of adding."""
        return self.name == "light"

    @property
    def inputs(self) -> Colour:
        """The ink of what goes into the network: the first of the layers."""
        return self.layers[0]

    @property
    def key(self) -> tuple[str, Colour, str]:
        """What tells one set of colours, and of words, from another."""
        return self.name, self.good, self.language

    def __hash__(self) -> int:
        """Of what tells themes apart: hashing forty colours at each look-up is dearer than what is looked up."""
        return hash(self.key)

    def glass(self, scale: float) -> Glass:
        """How panels look at `scale` pixels a unit."""
        return Glass(
            tint=(*unit(self.panel), self.panel_share),
            border=(*unit(self.border[0]), self.border[1]),
            shadow=(*unit(self.shadow[0]), self.shadow[1]),
            lift=(*unit(self.lift[0]), self.lift[1]),
            spread=18 * scale,
            bloom=self.bloom,
            bias=self.bias,
        )


def unit(colour: Colour) -> tuple[float, float, float]:
    """0..255 to 0..1."""
    return colour[0] / 255, colour[1] / 255, colour[2] / 255


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in unit(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of two colours' luminances, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the way from one colour to the other; halves round up, as in the seed's table."""
    red, green, blue = (int(a + (b - a) * share + 0.5) for a, b in zip(one, other, strict=True))
    return red, green, blue


def class_inks(theme: Theme, count: int) -> list[Colour]:
    """An ink for each of `count` classes, in their order; beyond the theme's ten they begin anew."""
    return [theme.classes[index % len(theme.classes)] for index in range(count)]


def loss_colour(loss: float, theme: Theme | None = None) -> Colour:
    """The seed's ramp, or `theme`'s own: 1 and above is red, 0 is green, 0.5 is (128, 127, 99)."""
    good, bad = (theme.good, theme.bad) if theme else (GOOD, BAD)
    return mixed(good, bad, min(1.0, max(0.0, loss)))


def safe(theme: Theme) -> Theme:
    """`theme` with a ramp of the loss that no colour vision confuses: amber to blue, by lightness as well as hue."""
    bad, good = SAFE[theme.light]
    return replace(theme, bad=bad, good=good)


DARK = Theme(
    name="dark",
    text=(232, 236, 248),
    muted=(160, 170, 196),
    accent=(129, 140, 248),
    accent_start=(99, 102, 241),
    accent_end=(34, 211, 238),
    primary_start=(95, 97, 238),
    primary_end=(79, 70, 229),
    title_end=(103, 232, 249),
    ok=(52, 211, 153),
    warn=(251, 191, 36),
    danger=(251, 113, 133),
    loss=(251, 91, 118),
    accuracy=(38, 208, 150),
    on_accent=(255, 255, 255),
    panel=(15, 16, 42),
    panel_share=0.70,
    track=((148, 163, 220), 0.20),
    grid=((148, 163, 220), 0.17),
    layers=((214, 220, 238), (120, 88, 230), (246, 172, 188), (166, 176, 202)),
    positive=(164, 255, 187),
    negative=(212, 8, 150),
    classes=(
        (89, 152, 238),
        (250, 140, 61),
        (103, 211, 153),
        (233, 53, 98),
        (213, 244, 129),
        (187, 123, 169),
        (25, 140, 109),
        (249, 183, 242),
        (111, 120, 4),
        (99, 103, 213),
    ),
    map_share=0.84,  # at .64 orange is brown on this panel
    yes=(255, 222, 101),
    no=(84, 100, 128),
    zero=(22, 23, 48),
    mote=(150, 170, 255),
    ground=Ground(
        top=(0.036, 0.036, 0.098),
        bottom=(0.022, 0.020, 0.058),
        left_glow=(0.045, 0.036, 0.105),
        right_glow=(0.006, 0.044, 0.066),
    ),
    border=((150, 165, 235), 0.26),
    shadow=((0, 0, 8), 0.0),  # it would not be seen on this ground
    lift=((99, 102, 241), 0.14),
    bloom=0.95,
    bias=0.2,
    links=1.0,
)

LIGHT = Theme(
    name="light",
    text=(24, 32, 52),
    muted=(79, 91, 117),
    accent=(79, 70, 229),
    accent_start=(79, 70, 229),
    accent_end=(8, 145, 178),
    primary_start=(79, 70, 229),
    primary_end=(67, 56, 202),
    title_end=(8, 118, 150),
    ok=(4, 120, 87),
    warn=(161, 78, 6),
    danger=(190, 24, 60),
    loss=(200, 30, 70),
    accuracy=(4, 120, 87),
    on_accent=(255, 255, 255),
    panel=(255, 255, 255),
    panel_share=0.74,
    track=((71, 85, 125), 0.17),
    grid=((71, 85, 125), 0.18),
    layers=((85, 95, 115), (93, 50, 228), (185, 95, 159), (92, 103, 128)),
    positive=(54, 137, 88),
    negative=(108, 0, 128),
    classes=(
        (36, 133, 236),
        (210, 92, 14),
        (0, 107, 95),
        (170, 1, 81),
        (108, 72, 168),
        (111, 76, 0),
        (107, 138, 121),
        (178, 104, 161),
        (69, 18, 72),
        (101, 25, 29),
    ),
    map_share=0.70,
    yes=(236, 172, 33),
    no=(40, 49, 77),
    zero=(213, 218, 230),
    mote=(110, 124, 210),
    ground=Ground(
        top=(0.955, 0.968, 0.992),
        bottom=(0.890, 0.912, 0.958),
        left_glow=(-0.050, -0.040, 0.006),
        right_glow=(-0.060, -0.014, -0.004),
    ),
    border=((255, 255, 255), 0.85),
    shadow=((46, 58, 110), 0.16),
    lift=((46, 58, 110), 0.32),
    bloom=0.0,
    bias=0.0,
    links=1.0,
)

CONTRAST = safe(
    replace(
        DARK,
        name="contrast",
        text=(255, 255, 255),
        muted=(222, 228, 242),
        accent=(140, 205, 255),
        accent_start=(70, 150, 255),
        accent_end=(120, 220, 255),
        primary_start=(18, 82, 190),
        primary_end=(18, 82, 190),
        title_end=(255, 255, 255),
        ok=(110, 240, 180),
        warn=(255, 214, 70),
        danger=(255, 160, 165),
        loss=(255, 186, 60),
        accuracy=(120, 205, 255),
        panel=(0, 0, 0),
        panel_share=0.96,
        track=((255, 255, 255), 0.34),
        grid=((255, 255, 255), 0.42),
        ground=Ground(
            top=(0.0, 0.0, 0.0), bottom=(0.0, 0.0, 0.0), left_glow=(0.0, 0.0, 0.0), right_glow=(0.0, 0.0, 0.0)
        ),
        border=((255, 255, 255), 0.85),
        bloom=0.35,
        links=1.5,
        under_text=0.32,
    )
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST)}
