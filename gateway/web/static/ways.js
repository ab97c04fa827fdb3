// Puts a name or a number into the field the way it was heard, or another way it may be meant. Without this the list
// beside the field still says what was heard.
for (const list of document.querySelectorAll("[data-ways-of]")) {
  const field = document.getElementById(list.dataset.waysOf);
  const says = document.getElementById(`${list.dataset.waysOf}-way`);
  const places = [...list.querySelectorAll("[data-at]")].map((line) => ({
    at: Number(line.dataset.at),
    now: line.dataset.now,
    buttons: [...line.querySelectorAll("button")],
  }));
  let before = field.value;

  // What is typed before a place moves it.
  const follow = () => {
    const after = field.value;
    let same = 0;
    while (same < Math.min(before.length, after.length) && before.at(-1 - same) === after.at(-1 - same)) same += 1;
    for (const place of places) {
      if (place.at >= before.length - same) place.at += after.length - before.length;
    }
    before = after;
  };

  const find = (place) => {
    let found = -1;
    for (let at = before.indexOf(place.now); at >= 0; at = before.indexOf(place.now, at + 1)) {
      if (found < 0 || Math.abs(at - place.at) < Math.abs(found - place.at)) found = at;
    }
    return found;
  };

  const put = (place, way) => {
    const at = find(place);
    if (at < 0) {
      says.textContent = `文字里找不到“${place.now}”了，请直接在下面改。`;
      return;
    }
    field.setRangeText(way, at, at + place.now.length);
    field.dispatchEvent(new Event("input"));
    place.at = at;
    place.now = way;
    for (const button of place.buttons) button.setAttribute("aria-pressed", String(button.dataset.put === way));
    says.textContent = `已写成“${way}”。`;
  };

  field.addEventListener("input", follow);
  for (const place of places) {
    for (const button of place.buttons) {
      button.hidden = false;
      button.addEventListener("click", () => put(place, button.dataset.put));
    }
  }
}
