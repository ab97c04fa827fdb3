// Says under a template how long its text can become, every gap at its longest. The page works without it.
for (const field of document.querySelectorAll("textarea[data-room]")) {
  const gaps = new Map();
  for (const gap of document.querySelectorAll("[data-gap]")) {
    gaps.set(gap.dataset.gap, Number(gap.dataset.length));
  }
  const count = document.createElement("p");
  count.className = "small-print";
  const show = () => {
    let filled = 0;
    const plain = field.value.trim().replace(/{(\w+)}/g, (_, name) => {
      filled += gaps.get(name) ?? 0;
      return "";
    });
    const length = Number(field.dataset.before) + plain.length + filled;
    count.textContent = `最长 ${length} 字，最多 ${field.dataset.room} 字`;
  };
  field.after(count);
  field.addEventListener("input", show);
  show();
}
