// Her voice by keyboard: the word that is heard is marked, a word that is pressed is heard. Nothing of it is fetched
// before somebody wants to hear it, for who listens is written down. Keys of one letter work only while the keyboard
// speaks to the recording. Without this the browser's own player is there, and each word opens the sound at its second.
const desk = document.querySelector("#desk");
const LOOP = 3;
const RATES = [0.75, 1, 1.25, 1.5];

const listening = (ear) => {
  const sound = ear.querySelector("audio");
  const words = [...ear.querySelectorAll(".word")];
  const head = ear.querySelector(".head");
  const field = document.getElementById(ear.dataset.field);
  const button = (what) => ear.querySelector(`[data-do="${what}"]`);
  let loop = null;

  const current = () => words.findLast((word) => Number(word.dataset.at) <= sound.currentTime + 0.02);

  const show = () => {
    if (loop && (sound.currentTime >= loop.until || sound.ended)) sound.currentTime = loop.from;
    const now = current();
    for (const word of words) {
      if (word === now) word.setAttribute("aria-current", "true");
      else word.removeAttribute("aria-current");
    }
    if (sound.duration) {
      head.hidden = false;
      head.style.left = `${(sound.currentTime / sound.duration) * 100}%`;
      ear.querySelector("[data-clock]").textContent = `${sound.currentTime.toFixed(1)} / ${sound.duration.toFixed(1)} 秒`;
    }
    button("play").textContent = sound.paused ? "放" : "停";
    if (!sound.paused) requestAnimationFrame(show);
  };

  // A pause that comes before the sound has begun ends the promise of play(); that is no trouble to speak of.
  const play = () => sound.play().catch(() => {});

  const hear = (from) => {
    sound.currentTime = from;
    play();
  };

  const toggle = () => (sound.paused ? play() : sound.pause());

  const again = () => {
    const until = sound.currentTime;
    loop = loop ? null : { from: Math.max(0, until - LOOP), until: Math.max(until, 0.5) };
    button("loop").setAttribute("aria-pressed", String(loop !== null));
    if (loop) hear(loop.from);
  };

  const pace = (rate) => {
    sound.playbackRate = rate;
    for (const one of ear.querySelectorAll("[data-rate]")) {
      one.setAttribute("aria-pressed", String(Number(one.dataset.rate) === rate));
    }
  };

  const faster = (steps) => {
    const at = RATES.indexOf(sound.playbackRate) + steps;
    pace(RATES[Math.min(Math.max(at, 0), RATES.length - 1)]);
  };

  const step = (steps) => {
    const focused = words.indexOf(document.activeElement);
    const at = focused >= 0 ? focused : words.indexOf(current());
    const word = words[Math.min(Math.max(at + steps, 0), words.length - 1)];
    if (!word) return;
    word.focus();
    sound.currentTime = Number(word.dataset.at);
    show();
  };

  const edit = () => {
    if (!field) return;
    const word = words.includes(document.activeElement) ? document.activeElement : current();
    const at = word ? Number(word.dataset.start) : 0;
    const length = word && field.value.startsWith(word.textContent, at) ? word.textContent.length : 0;
    field.focus();
    field.setSelectionRange(at, at + length);
  };

  const keys = {
    " ": toggle,
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    "-": () => faster(-1),
    "=": () => faster(1),
    l: again,
    e: edit,
    n: () => desk.querySelector('[data-do="skip"]').click(),
  };

  ear.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const deed = plain && (keys[event.key] ?? keys[event.key.toLowerCase()]);
    if (!deed || (event.key === " " && event.target.tagName === "BUTTON")) return;
    event.preventDefault();
    deed();
  });
  field?.addEventListener("keydown", (event) => {
    const deed = { F2: toggle, F4: again, Escape: () => (words[0] ?? ear).focus() }[event.key];
    if (!deed || event.isComposing) return;
    event.preventDefault();
    deed();
  });
  for (const word of words) {
    if (!word.classList.contains("doubtful")) word.tabIndex = -1;
    word.addEventListener("click", (event) => {
      event.preventDefault();
      word.focus();
      hear(Number(word.dataset.at));
    });
  }
  ear.querySelector(".wave").addEventListener("click", (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    if (sound.duration) return hear(share * sound.duration);
    sound.addEventListener("loadedmetadata", () => hear(share * sound.duration), { once: true });
    return sound.load();
  });
  for (const one of ear.querySelectorAll("[data-rate]")) {
    one.addEventListener("click", () => pace(Number(one.dataset.rate)));
  }
  button("play").addEventListener("click", toggle);
  button("loop").addEventListener("click", again);
  for (const event of ["play", "pause", "seeked", "loadedmetadata", "ended"]) sound.addEventListener(event, show);
  sound.addEventListener("ended", () => loop && hear(loop.from));
  sound.removeAttribute("controls");
  ear.querySelector(".player").hidden = false;
};

const ears = [...document.querySelectorAll(".ear")];
for (const ear of ears) listening(ear);
if (!document.querySelector("[aria-invalid]")) ears[0]?.focus({ preventScroll: true });

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey && !event.isComposing && !event.defaultPrevented) {
    event.preventDefault();
    desk.requestSubmit();
  }
});
