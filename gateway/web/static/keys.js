// The keys of every page: ? opens the list of them, J and K go from case to case, and whatever has a data-key is gone to
// with that key: gone to, never pressed, so that a slip of the hand does nothing. Letters can be switched off, in this
// browser for good. Without this the Tab key leads to everything.
const LETTERS = "letters";
const keyList = document.querySelector("#keys");
const single = document.querySelector("#keys-single");
const opener = document.querySelector("[data-keys]");
const rowsOf = () => [...document.querySelectorAll(".cases .number a, .in-turn > a, .task-head a")];
const goals = new Map([...document.querySelectorAll("[data-key]")].reverse().map((goal) => [goal.dataset.key, goal]));

const list = () => keyList.open || keyList.showModal();

const step = (steps) => {
  const rows = rowsOf();
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.min(Math.max(at + steps, 0), rows.length - 1)]?.focus();
};

const goTo = (goal) => {
  goal.closest("details")?.setAttribute("open", "");
  goal.focus();
  goal.scrollIntoView({ block: "center" });
};

const rowOf = (key, name) => {
  const row = document.createElement("div");
  const [term, what] = [document.createElement("dt"), document.createElement("dd")];
  const cap = document.createElement("kbd");
  cap.textContent = key.toUpperCase();
  term.append(cap);
  what.textContent = name;
  row.append(term, what);
  return row;
};

for (const [key, goal] of goals) keyList.querySelector("dl").prepend(rowOf(key, goal.dataset.keyName));
const rowsAre = keyList.querySelector("[data-rows]");
if (rowsAre) rowsAre.hidden = rowsOf().length === 0;
single.checked = localStorage.getItem(LETTERS) !== "off";
single.addEventListener("change", () => localStorage.setItem(LETTERS, single.checked ? "on" : "off"));
opener.hidden = false;
opener.addEventListener("click", list);
keyList.querySelector("[data-shut]").addEventListener("click", () => keyList.close());

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey) return;
  const field = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (event.ctrlKey) {
    if (event.key !== "Enter" || field?.tagName !== "TEXTAREA" || event.defaultPrevented) return;
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  if (field || keyList.open || !single.checked || event.defaultPrevented) return;
  const goal = goals.get(event.key.toLowerCase());
  const deed = { "?": list, j: () => step(1), k: () => step(-1) }[event.key] ?? (goal && (() => goTo(goal)));
  if (!deed) return;
  event.preventDefault();
  deed();
});
