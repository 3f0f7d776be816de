"""One run after one epoch: what its network answers over the plane, or the network itself."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from engine.flat.fonts import Colour
from scenes.kit.answer_map import AROUND, REACH, answer_pixels, edge, extent, placed, plane
from scenes.kit.run_words import loss_figure, percent
from scenes.kit.theme import Theme, class_inks, unit
from scenes.kit.words import say
from scenes.training.epoch import Floats, Network, State
from scenes.training.failure import RunError
from scenes.training.run import TrainingRun

from .page import BODY, SMALL, Page, digits, font

SIDE = 4.4  # inches, of the map, and of the network's page
MOST_NEURONS = 24  # of a layer that is drawn
MOST_LINKS = 1200
FAINTEST, THICKEST = 0.10, 2.2  # opacity of the weakest link; points wide, the strongest


def answers_of(run: TrainingRun, epoch: int, theme: Theme) -> Page:
    """The map of answers with the samples on it; raises RunError where there is no plane, or no such epoch."""
    network, state = _known(run, epoch)
    if not network.mapped:
        raise RunError("This run has no map of answers.", hint="Its data are no points of a plane.", code="export")
    sides = network.numbers[:2] if network.numbers else (0, 1)
    axes_of = (sides[0], sides[1])
    page = Page(theme, wide=SIDE + 1.0, high=SIDE + 1.35)
    axes = page.plot(left=0.6, right=0.4)
    pixels = answer_pixels(network, state, plane(network, axes_of), theme)
    axes.imshow(pixels, extent=(-REACH, REACH, -REACH, REACH), interpolation="bilinear", aspect="equal")
    places = placed(network, network.samples, axes_of)
    inks = np.array([unit(ink) for ink in class_inks(theme, int(network.labels.max(initial=0)) + 1)])
    seen = network.training > 0
    for kind, face in ((seen, 1.0), (~seen, 0.0)):  # a point that is unseen has an empty middle
        tints = inks[network.labels[kind]]
        filled = tints if face else np.tile(unit(theme.panel), (len(tints), 1))
        around = np.tile(unit(edge(theme)), (len(tints), 1)) if face else tints
        axes.scatter(
            places[kind][:, 0], places[kind][:, 1], s=13, c=filled, edgecolors=around, linewidths=0.5 if face else 1.3
        )
    _sides(axes, network, axes_of, theme)
    _headed(page, run, epoch, say("data.answers").capitalize())
    return page


def _sides(axes: Axes, network: Network, axes_of: tuple[int, int], theme: Theme) -> None:
    """Names and numbers of both sides."""
    middle, half = extent(network, axes_of)
    names = ("x", "y") if network.flat else tuple(network.features[k] for k in axes_of)
    shares = np.linspace(-1, 1, 5) / (1 if network.flat else AROUND)
    for name, at, set_ticks, set_label in (
        (names[0], 0, axes.set_xticks, axes.set_xlabel),
        (names[1], 1, axes.set_yticks, axes.set_ylabel),
    ):
        values = [float(middle[at] + share * half[at]) for share in shares]
        set_ticks([float(share) * REACH for share in shares], [f"{value:.3g}" for value in values])
        set_label(name, fontproperties=font(SMALL + 1), color=unit(theme.muted), labelpad=2)
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(digits())


def network_of(run: TrainingRun, epoch: int, theme: Theme) -> Page:
    """The neurons in columns, their names, and the strongest links; raises RunError where there is no such epoch."""
    network, state = _known(run, epoch)
    page = Page(theme, high=SIDE)
    axes = page.plot(left=0.9, right=0.9)
    axes.set_xlim(-0.25, len(network.shape) - 0.75)
    axes.set_ylim(0, 1)
    axes.set_xticks([])
    axes.set_yticks([])
    counts = [min(neurons, MOST_NEURONS) for neurons in network.shape]
    columns = [1 - (np.arange(count) + 0.5) / count for count in counts]
    for layer, weights in enumerate(state.weights):
        _links(axes, theme, layer, weights[: counts[layer], : counts[layer + 1]], columns[layer : layer + 2])
    radius = min(60.0, 1400.0 / max(counts))
    for layer, heights in enumerate(columns):
        ink = theme.layers[0 if layer == 0 else 3 if layer == len(columns) - 1 else 1 + (layer - 1) % 2]
        axes.scatter(
            np.full(len(heights), layer), heights, s=radius, color=unit(ink), edgecolors=unit(theme.panel), zorder=3
        )
        if network.shape[layer] > counts[layer]:
            told = f"{counts[layer]} / {network.shape[layer]:,}"
            axes.annotate(told, (layer, 0), ha="center", va="top", color=unit(theme.muted), fontproperties=digits())
    _named(axes, columns[0], network.features, theme.inputs, -0.12, "right", theme)
    _named(axes, columns[-1], network.classes, None, len(columns) - 0.88, "left", theme)
    _headed(page, run, epoch, say("network.title"))
    return page


def _links(axes: Axes, theme: Theme, layer: int, weights: Floats, heights: list[NDArray[np.float64]]) -> None:
    """Each as wide as its share of the largest weight of its layer, by sign; of very many the strongest."""
    largest = float(np.abs(weights).max()) if weights.size else 0.0
    if largest <= 0:
        return
    share = np.abs(weights.astype(np.float64)).ravel() / largest
    rows, cols = (index.ravel() for index in np.indices(weights.shape))
    for k in np.argsort(share, kind="stable")[-MOST_LINKS:].tolist():
        ink = theme.positive if weights.ravel()[k] >= 0 else theme.negative
        ends = [heights[0][rows[k]], heights[1][cols[k]]]
        axes.plot(
            [layer, layer + 1],
            ends,
            color=unit(ink),
            linewidth=0.3 + THICKEST * share[k],
            alpha=FAINTEST + (1 - FAINTEST) * share[k],
            zorder=1,
            clip_on=False,
        )


def _named(
    axes: Axes,
    heights: NDArray[np.float64],
    names: tuple[str, ...],
    ink: Colour | None,
    x: float,
    side: str,
    theme: Theme,
) -> None:
    """The names of a layer's neurons beside them, where there is room."""
    if len(names) > MOST_NEURONS:
        return
    inks = class_inks(theme, len(names)) if ink is None else [ink] * len(names)
    for name, height, each in zip(names, heights, inks, strict=False):
        axes.text(x, height, name, ha=side, va="center", color=unit(each), fontproperties=font(BODY))


def _known(run: TrainingRun, epoch: int) -> tuple[Network, State]:
    if run.network is None:
        raise RunError("This run has figures alone.", hint="Draw its loss or its accuracy.", code="export")
    state = run.at(epoch).state if 0 < epoch <= run.available and run.look(epoch) == epoch else None
    if state is None:
        hint = f"It has 1 to {run.available}." if run.kept_every == 1 else "Every fourth epoch of so long a run can be."
        raise RunError(f"Epoch {epoch} cannot be drawn.", hint=hint, code="export")
    return run.network, state


def _headed(page: Page, run: TrainingRun, epoch: int, title: str) -> None:
    now = run.at(epoch)
    parts = [say("chart.epoch", epoch=epoch)]
    if now.validation_accuracy is not None and now.validation_loss is not None:
        unseen = say("chart.unseen")
        parts.append(f"{percent(now.validation_accuracy)} {unseen}")
        parts.append(say("compare.loss", loss=loss_figure(now.validation_loss).strip()))
    page.head(title, " · ".join(parts))
