// Puts the beginning of an answer into its field at once, and the keyboard on the first thing to be filled in. Without it
// the page comes again with the field filled.
const answer = document.querySelector("#reply-reply");
const gap = () => {
  const found = /〔[^〕]*〕/.exec(answer.value);
  if (found) answer.setSelectionRange(found.index, found.index + found[0].length);
  answer.focus();
};
for (const draft of document.querySelectorAll("[data-draft]")) {
  draft.addEventListener("click", (event) => {
    event.preventDefault();
    answer.value = draft.dataset.draft;
    answer.dispatchEvent(new Event("input"));
    gap();
  });
}
