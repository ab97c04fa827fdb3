// A telephone in the browser. The exchange counts call time; this page spends it at the pace of the real clock, and
// shows what happened when its moment comes, so that a sentence that was said at once is still heard at its own length.

const $ = (id) => document.getElementById(id);
const TICK = 250;
const SLACK = 0.5;
const POLL_SECONDS = 25;
const KEYS = [..."123456789*0#"];
const WAITS = { "a recording is open": "正在录音，请说", "the handset rings": "电话响了", "another person is on the line": "正在与人通话" };
const WORDS = {
  dials: () => "拨号", ringing: () => "响铃", answered: () => "接通", gather: () => "等您按键", beep: () => "嘀的一声",
  record: () => "开始录音", recorded: () => "录音存下了", silence: () => "没有听到声音", key: (key) => `您按了 ${key}`,
  say: (words) => `听到：${words}`, play: (url) => `听到一段录音（${decodeURIComponent(url.split("/").pop())}）`,
  speaks: (words) => `您说：${words}`, "hangs up": () => "您挂断了", hangup: () => "对方挂断了",
  ended: () => "通话结束", dial: (number) => `转接 ${number}`, reject: () => "对方不接", error: () => "线路出错",
};

let call = null;
let busy = 0;
let turn = Promise.resolve();

async function ask(method, path, body) {
  const json = body !== undefined && !(body instanceof Blob);
  const response = await fetch(path, {
    method, body: json ? JSON.stringify(body) : body, headers: json ? { "Content-Type": "application/json" } : {},
  });
  if (response.status === 409) return null;
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

const own = () => encodeURIComponent($("own").value.trim());
const phone = () => `/handset/phones/${own()}`;

function entry(list, at, words, mine) {
  const item = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = at;
  item.append(time, words);
  if (mine) item.className = "mine";
  $(list).append(item);
  $(list).scrollTop = $(list).scrollHeight;
}

function enable(on) {
  $("dial").disabled = on;
  $("hang-up").disabled = !on;
  for (const button of document.querySelectorAll("#keypad button, #speak-title ~ form button")) button.disabled = !on;
}

function begin(state) {
  $("heard").replaceChildren();
  call = { sid: state.sid, started: performance.now(), shown: 0, state, mine: [], sounding: null };
  enable(true);
  window.setTimeout(tick, 0);
}

const realSeconds = () => (performance.now() - call.started) / 1000;

function take(state) {
  if (state && call) call.state = state;
}

// What she just did happened at the exchange's moment: the page jumps there and stops what still sounds.
function catchUp() {
  call.started = Math.min(call.started, performance.now() - call.state.elapsed * 1000);
  call.sounding?.pause();
}

// One deed after another: a key pressed while the line is being answered waits its turn.
function inTurn(job) {
  busy += 1;
  turn = turn.then(() => (call ? job() : null)).then(take)
    .catch((error) => { $("status").textContent = `没有做成：${error.message}`; })
    .finally(() => { busy -= 1; });
  return turn;
}

function deed(name, about, silence) {
  return inTurn(() => {
    if (silence) catchUp();
    return ask("POST", `/handset/calls/${call.sid}/${name}`, about);
  });
}

async function tick() {
  if (!call) return;
  show();
  const ahead = realSeconds() - call.state.elapsed;
  if (!call.state.ended && !busy && ahead > 0) {
    if (ahead > SLACK) call.started += (ahead - SLACK) * 1000;
    await deed("wait", { seconds: Math.min(ahead, SLACK) }, false);
  }
  if (call.state.ended && call.shown === call.state.timeline.length) return finish();
  window.setTimeout(tick, TICK);
}

function show() {
  const now = realSeconds() + 0.05;
  while (call.shown < call.state.timeline.length && call.state.timeline[call.shown][0] <= now) {
    const [at, event, detail] = call.state.timeline[call.shown++];
    if (WORDS[event]) entry("heard", at.toFixed(1), WORDS[event](detail));
    sound(event, detail);
  }
  const behind = call.shown < call.state.timeline.length;
  $("status").textContent = behind ? "通话中" : WAITS[call.state.waits_for] || "通话中";
}

function sound(event, detail) {
  const addresses = { say: `/handset/prompts?say=${encodeURIComponent(detail)}`, play: `/handset/prompts?play=${encodeURIComponent(detail)}` };
  const address = event === "speaks" ? call.mine.shift() : addresses[event];
  if (!address) return;
  call.sounding?.pause();
  call.sounding = new Audio(address);
  call.sounding.play().catch(() => entry("heard", "", "（浏览器没有放出声音）"));
}

function finish() {
  call = null;
  enable(false);
  $("answer").hidden = true;
  $("status").textContent = "没有通话";
}

function playBlob(blob, name, address) {
  call?.mine.push(address);
  return inTurn(() => ask("POST", `/handset/sounds/${call.sid}?name=${encodeURIComponent(name)}`, blob));
}

$("dial").addEventListener("click", async () => {
  $("status").textContent = "正在拨号";
  try {
    begin(await ask("POST", `${phone()}/calls`, { to: $("to").value }));
  } catch (error) {
    $("status").textContent = `打不通：${error.message}`;
  }
});

$("hang-up").addEventListener("click", () => deed("hang_up", {}, true));
$("answer").addEventListener("click", async () => { $("answer").hidden = true; await deed("answer", {}, true); });

$("voice-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = $("voice").selectedOptions[0];
  if (!chosen) return;
  const address = `/phone/voices/${encodeURIComponent(chosen.value)}`;
  await playBlob(await (await fetch(address)).blob(), chosen.textContent, address);
});

$("file-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = $("file").files;
  if (file) await playBlob(file, file.name, URL.createObjectURL(file));
});

$("sentence-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("sentence").value.trim();
  if (!text) return;
  call?.mine.push(`/handset/prompts?say=${encodeURIComponent(text)}`);
  await deed("say", { text }, false);
});

$("text-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = $("text").value.trim();
  if (!body) return;
  $("text").value = "";
  entry("thread", clock(), body, true);
  const receipt = await ask("POST", `${phone()}/texts`, { to: $("to").value, body });
  if (receipt?.error_code) entry("thread", clock(), "（没有送到，热线暂时不通）", true);
});

$("rings").addEventListener("change", async () => {
  await ask("PUT", phone(), { when_called: $("rings").checked ? "ring" : "no-answer" });
  if ($("rings").checked) awaitCalls();
});

$("own").addEventListener("change", () => { $("thread").replaceChildren(); $("rings").checked = false; awaitTexts(); });

async function awaitCalls() {
  while ($("rings").checked) {
    const reached = await ask("POST", `${phone()}/calls/next?timeout=${POLL_SECONDS}`);
    if (reached && !call) {
      $("answer").hidden = false;
      begin(reached);
    }
  }
}

const clock = (moment = new Date()) => moment.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });

async function awaitTexts() {
  const mine = own();
  let seen = 0;
  while (mine === own()) {
    const texts = await ask("GET", `${phone()}/messages?count=${seen + 1}&timeout=${POLL_SECONDS}`);
    if (mine !== own()) return;
    for (const text of texts.slice(seen)) entry("thread", clock(new Date(text.at)), text.body);
    seen = texts.length;
  }
}

async function start() {
  for (const key of KEYS) {
    const button = document.createElement("button");
    button.textContent = key;
    button.addEventListener("click", () => deed("press", { digits: key }, true));
    $("keypad").append(button);
  }
  const setting = await ask("GET", "/phone/setting.json");
  for (const number of setting.numbers) $("to").append(new Option(number));
  for (const voice of setting.voices) $("voice").append(new Option(`${voice.village || ""} ${voice.text}`.trim(), voice.file));
  enable(false);
  awaitTexts();
}

start();
