// Keys, pointer and the first picture: what the report does by itself.

const zoom = () => { now.large = !now.large; look(now.view); };
const step = (by) => { page("knob").value = Number(page("knob").value) + by; turn(); };

const KEYS = {
  ArrowUp: () => show(now.shot - 1),
  ArrowDown: () => show(now.shot + 1),
  Home: () => show(0),
  End: () => show(data.shots.length - 1),
  ArrowLeft: () => step(now.view === "slider" ? -5 : -1),
  ArrowRight: () => step(now.view === "slider" ? 5 : 1),
  " ": () => { if (now.view !== "blink") look("blink"); blink.swap(); },
  z: zoom,
  c: copy,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && event.target.tagName === "BUTTON") return; // a button is pressed by it
  const view = Object.keys(VIEWS)[Number(event.key) - 1];
  const both = comparable(entry());
  const action = view ? both && (() => look(view)) : KEYS[event.key];
  const needsBoth = ["ArrowLeft", "ArrowRight", " "].includes(event.key);
  if (!action || (needsBoth && !both)) return;
  event.preventDefault();
  action();
});

page("knob").addEventListener("input", turn);
page("zoom").addEventListener("click", zoom);
page("copy").addEventListener("click", copy);
addEventListener("resize", () => entry() && look(now.view));

let dragging = false;
const drag = (event) => {
  const box = page("pair").getBoundingClientRect();
  const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  if (now.view === "tiles" && comparable(entry())) {
    const image = images()[1];
    page("value").textContent = tiles.tell(entry(), now.values.tiles, x * image.naturalWidth, y * image.naturalHeight);
  } else if (dragging && now.view === "slider") {
    page("knob").value = Math.round(100 * x);
    turn();
  }
};
page("stage").addEventListener("pointerdown", (event) => { dragging = comparable(entry()); drag(event); event.preventDefault(); });
page("stage").addEventListener("pointermove", drag);
addEventListener("pointerup", () => { dragging = false; });

list();
const address = decodeURIComponent(location.hash.slice(1)); // #script/shot/view
const cut = address.lastIndexOf("/");
if (VIEWS[address.slice(cut + 1)]) now.view = address.slice(cut + 1);
show(Math.max(0, data.shots.findIndex((at) => at.id === address.slice(0, cut))));
