// The five ways to look at a golden and a shot. Each is { label, dial, show }: what the dial below the picture does,
// and what is drawn for its value. `at` is the report's entry, `page` finds elements by id.
"use strict";

const page = (id) => document.getElementById(id);
const LEVELS = 255;
const READ = { willReadFrequently: true };
const BLINK = 700; // milliseconds that each picture is shown

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
let blinking = 0; // the timer, 0 for none
let shownSeen = false; // which of the two a blink shows

const only = (golden, seen, drawn) => {
  page("golden").hidden = !golden;
  page("seen").hidden = !seen;
  page("drawn").hidden = !drawn;
  page("edge").hidden = true;
  images()[1].style.clipPath = "";
};

const pixels = (image) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d", READ);
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

const images = () => [page("golden").firstElementChild, page("seen").firstElementChild];

const slider = {
  label: "Slider",
  dial: { what: "Edge", min: 0, max: 100, step: 1, value: 50 },
  show(at, value) {
    only(true, true, false);
    images()[1].style.clipPath = `inset(0 0 0 ${value}%)`;
    page("edge").hidden = false;
    page("edge").style.left = `${value}%`;
    return `golden left, shot right: ${value} %`;
  },
};

const blink = {
  label: "Blink",
  dial: null,
  show() {
    const show = (seen) => {
      shownSeen = seen;
      only(!seen, seen, false);
      page("value").textContent = `${seen ? "shot" : "golden"}${blinking ? "" : ", held: Space swaps"}`;
    };
    clearInterval(blinking);
    blinking = still ? 0 : setInterval(() => show(!shownSeen), BLINK);
    show(false);
    return page("value").textContent;
  },
  swap() {
    clearInterval(blinking);
    blinking = 0;
    shownSeen = !shownSeen;
    only(!shownSeen, shownSeen, false);
    page("value").textContent = `${shownSeen ? "shot" : "golden"}, held: Space swaps`;
  },
};

const sides = {
  label: "Side by side",
  dial: null,
  show() {
    only(true, true, false);
    return "golden left, shot right";
  },
};

const difference = {
  label: "Difference",
  dial: { what: "Gain", min: 0, max: 6, step: 1, value: 3 },
  show(at, value) {
    only(false, false, true);
    const [golden, seen] = images().map(pixels);
    const canvas = page("drawn");
    [canvas.width, canvas.height] = [seen.width, seen.height];
    const gain = 2 ** value;
    let differing = 0;
    for (let i = 0; i < seen.data.length; i += 4) {
      const apart = [0, 1, 2].map((k) => Math.abs(seen.data[i + k] - golden.data[i + k]));
      differing += apart.some(Boolean);
      apart.forEach((level, k) => { seen.data[i + k] = Math.min(LEVELS, level * gain); });
      seen.data[i + 3] = LEVELS;
    }
    canvas.getContext("2d", READ).putImageData(seen, 0, 0);
    const share = (100 * differing * 4) / seen.data.length;
    return `× ${gain}; ${differing} pixels differ, ${share.toFixed(2)} %`;
  },
};

const tiles = {
  label: "Tiles",
  dial: { what: "Tile", min: 0, max: 1, step: 1, value: 0 },
  show(at, value) {
    only(false, false, true);
    const chosen = at.tiles[Math.min(value, at.tiles.length - 1)];
    const canvas = page("drawn");
    const seen = images()[1];
    [canvas.width, canvas.height] = [seen.naturalWidth, seen.naturalHeight];
    const context = canvas.getContext("2d", READ);
    context.globalAlpha = 0.3;
    context.drawImage(seen, 0, 0);
    context.globalAlpha = 1;
    chosen.rows.forEach((row, y) => row.forEach((level, x) => heat(context, chosen, x, y, level)));
    const over = chosen.rows.flat().filter((level) => level > chosen.limit).length;
    return `${chosen.side} px: ${over} of ${chosen.rows.flat().length} tiles above ${chosen.limit} levels`;
  },
  tell(at, value, x, y) {
    const chosen = at.tiles[Math.min(value, at.tiles.length - 1)];
    const level = chosen.rows[Math.floor(y / chosen.side)]?.[Math.floor(x / chosen.side)];
    return level === undefined ? "" : `${level.toFixed(2)} levels at ${Math.floor(x)}, ${Math.floor(y)}`;
  },
};

// Blue for what a driver may change, from amber to red for what it may not; the outline finds single tiles.
const heat = (context, chosen, x, y, level) => {
  if (level < 0.05) return;
  const [left, top, side] = [x * chosen.side, y * chosen.side, chosen.side];
  const share = level / chosen.limit;
  const over = share > 1;
  const depth = Math.min(1, over ? Math.log2(share) / 4 : share);
  context.fillStyle = over ? `hsl(${42 - 48 * depth} 96% 60% / ${0.45 + 0.4 * depth})` : `hsl(225 90% 65% / ${0.4 * depth})`;
  context.fillRect(left, top, side, side);
  if (over) {
    context.strokeStyle = `hsl(${42 - 48 * depth} 100% 72%)`;
    context.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
  }
};

const VIEWS = { slider, blink, sides, difference, tiles };
