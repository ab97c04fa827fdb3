// Says under a field how much of what it holds is written. The page works without it.
for (const field of document.querySelectorAll("textarea[data-most]")) {
  const count = document.createElement("p");
  count.className = "small-print";
  const show = () => {
    count.textContent = `已写 ${[...field.value.trim()].length} 字，最多 ${field.dataset.most} 字`;
  };
  field.after(count);
  field.addEventListener("input", show);
  show();
}
