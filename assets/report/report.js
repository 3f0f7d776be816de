// The report: which shot and which view are shown, by pointer and keyboard. The data is in the page itself.

const data = JSON.parse(page("data").textContent);
for (const at of data.shots) if (at.same) at.seen = at.golden;
const CAPTION = 28; // pixels above a picture
const now = { shot: 0, view: "slider", values: {}, large: false };

const element = (tag, text = "", className = "") => {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
};

const entry = () => data.shots[now.shot];
const comparable = (at) => Boolean(at && at.golden && at.seen && at.tiles.length);

function list() {
  page("count").textContent = data.title;
  page("scripts").textContent = data.scripts.join(", ");
  page("lines").replaceChildren(...data.lines.map((line) => element("li", line)));
  page("shots").replaceChildren(...data.shots.map((at, index) => {
    const item = element("div", "", `shot${at.problems.length ? " failed" : ""}`);
    item.id = `shot-${index}`;
    item.setAttribute("role", "option");
    const picture = element(at.seen || at.golden ? "img" : "i");
    if (at.seen || at.golden) Object.assign(picture, { src: at.seen || at.golden, alt: "" });
    const words = element("div");
    words.append(element("b", at.shot), element("span", at.summary));
    item.append(picture, words);
    item.addEventListener("click", () => show(index));
    return item;
  }));
  page("views").replaceChildren(...Object.entries(VIEWS).map(([name, view], index) => {
    const button = element("button", view.label);
    button.dataset.view = name;
    button.title = `key ${index + 1}`;
    button.setAttribute("role", "radio");
    button.addEventListener("click", () => look(name));
    return button;
  }));
}

function show(index) {
  now.shot = Math.max(0, Math.min(data.shots.length - 1, index));
  for (const [at, item] of [...page("shots").children].entries()) {
    item.setAttribute("aria-selected", at === now.shot);
    if (at === now.shot) item.scrollIntoView({ block: "nearest" });
  }
  page("shots").setAttribute("aria-activedescendant", `shot-${now.shot}`);
  const at = entry();
  page("name").textContent = at ? at.shot : "";
  page("script").textContent = at ? at.script : "";
  page("state").hidden = !at;
  if (!at) return nothing(data.lines.length ? "No shot could be taken." : "There is no shot.");
  page("state").textContent = at.accepted ? "accepted" : at.problems.length ? "failed" : "as the golden";
  page("state").className = at.problems.length ? "failed" : "";
  tell(at);
  const [golden, seen] = images();
  golden.src = at.golden || at.seen || "data:,";
  seen.src = at.seen || at.golden || "data:,";
  const ready = [golden, seen].map((image) => image.decode().catch(() => null));
  return Promise.all(ready).then(() => entry() === at && look(now.view));
}

function tell(at) {
  const problems = at.problems.length ? at.problems : ["Nothing: words, layers and picture are as they were."];
  page("problems").className = at.problems.length ? "" : "fine";
  page("problems").replaceChildren(...problems.map((line) => element("li", line)));
  page("figures").replaceChildren(...at.tiles.map((each) => {
    const row = element("div", "", `figure${each.figure > each.limit ? " over" : ""}`);
    const track = element("div");
    track.append(element("i"));
    track.firstChild.style.width = `${Math.min(100, (100 * each.figure) / each.limit)}%`;
    row.append(element("span", `${each.side} px`), track, element("b", `${each.figure.toFixed(2)} of ${each.limit}`));
    return row;
  }));
  page("gate").textContent = at.gate;
  const keys = Object.keys({ ...at.seen_by, ...at.golden_by });
  page("prints").replaceChildren(row("", "golden", "shot", "th"), ...keys.map((key) => {
    const [before, after] = [at.golden_by[key] || "–", at.seen_by[key] || "–"];
    const made = row(key, before, before === after ? "same" : after);
    made.className = before !== after && at.golden ? "differs" : "";
    return made;
  }));
  page("accept").hidden = !at.command || at.accepted;
  page("command").textContent = at.command;
  page("copy").textContent = "Copy";
  page("hint").textContent = at.hint;
}

function row(title, first, second, tag = "td") {
  const made = element("tr");
  made.append(element("th", title), element(tag, first), element(tag, second));
  return made;
}

function nothing(words) {
  page("pair").hidden = true;
  page("dial").style.visibility = "hidden";
  page("none").hidden = false;
  page("none").textContent = words;
  for (const button of page("views").children) button.disabled = true;
}

function look(name) {
  const at = entry();
  clearInterval(blinking);
  now.view = name;
  const both = comparable(at);
  if (!both && !at.seen && !at.golden) return nothing("There is no picture.");
  page("none").hidden = true;
  page("pair").hidden = false;
  page("dial").style.visibility = "";
  for (const button of page("views").children) {
    button.disabled = !both;
    button.setAttribute("aria-checked", both && button.dataset.view === name);
    button.tabIndex = button.dataset.view === name ? 0 : -1;
  }
  fit();
  if (!both) return alone(at);
  const { dial } = VIEWS[name];
  page("what").textContent = dial ? dial.what : "";
  page("knob").hidden = !dial;
  if (dial) Object.assign(page("knob"), { min: dial.min, max: dial.max, step: dial.step, value: now.values[name] ?? dial.value });
  page("knob").style.maxWidth = dial && dial.max < 8 ? "160px" : "";
  turn();
  history.replaceState(null, "", `#${encodeURIComponent(at.id)}/${name}`);
}

function alone(at) {
  only(!at.seen, Boolean(at.seen), false);
  page("knob").hidden = true;
  page("what").textContent = "";
  page("value").textContent = at.seen && at.golden ? "the sizes differ" : at.seen ? "there is no golden to compare with" : "";
}

function turn() {
  now.values[now.view] = Number(page("knob").value);
  page("value").textContent = VIEWS[now.view].show(entry(), now.values[now.view]);
}

function fit() {
  const [, image] = images();
  const side = now.view === "sides" && comparable(entry());
  const [width, height] = [image.naturalWidth * (side ? 2 : 1) + (side ? 8 : 0), image.naturalHeight];
  Object.assign(page("pair").style, { width: 0, height: 0 }); // a large picture's scroll bars must not be measured
  const scale = Math.min(page("stage").clientWidth / width, (page("stage").clientHeight - CAPTION) / height, 2);
  const by = now.large ? Math.floor(scale) + 1 : scale;
  page("pair").className = `${side ? "sides" : ""} ${now.large ? "large" : ""}`;
  Object.assign(page("pair").style, { width: `${width * by}px`, height: `${height * by}px`, flex: "none" });
  page("zoom").setAttribute("aria-pressed", now.large);
}

function copy() {
  const range = document.createRange();
  range.selectNodeContents(page("command"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const done = document.execCommand("copy"); // a page from a file may not use the newer clipboard
  page("copy").textContent = done ? "Copied" : "Selected: press Ctrl+C";
}
