// One telephone on the page. The exchange counts call time; the page spends it at the pace of the real clock, and shows
// what happened when its moment comes, so that a sentence that was said at once is still heard at its own length.

import { ask } from "./asking.js";
import { Microphone, why } from "./microphone.js";

const TICK = 250;
const SLACK = 0.5;
const LOOK = 1000;
const KEYS = [..."123456789*0#"];
const WAITS = { "a recording is open": "正在录音，请说", "the handset rings": "电话响了", "another person is on the line": "正在与人通话" };
const WORDS = {
  dials: () => "拨号", ringing: () => "响铃", answered: () => "接通", gather: () => "等您按键", beep: () => "嘀的一声",
  record: () => "开始录音", recorded: () => "录音存下了", silence: () => "没有听到声音", key: (key) => `您按了 ${key}`,
  say: (words) => `听到：${words}`, play: (url) => `听到一段录音（${decodeURIComponent(url.split("?")[0].split("/").pop())}）`,
  speaks: (words) => `您说：${words}`, "hangs up": () => "您挂断了", hangup: () => "对方挂断了",
  ended: () => "通话结束", dial: (number) => `转接 ${number}`, reject: () => "对方不接", error: () => "线路出错",
};

const clock = (moment) => moment.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

export class Handset {
  constructor(root, about, setting) {
    this.root = root;
    this.call = null;
    this.busy = 0;
    this.turn = Promise.resolve();
    this.microphone = null;
    root.setAttribute("aria-label", about.label);
    root.querySelector("h2").textContent = about.label;
    this.at("own").value = about.number;
    for (const number of setting.numbers) this.at("to").append(new Option(number));
    for (const voice of setting.voices) this.at("ready").append(new Option(voice.text, voice.file));
    this.keypad();
    this.listen();
    this.enable(false);
    this.look();
  }

  at(name) { return this.root.querySelector(`[name="${name}"]`); }
  list(name) { return this.root.querySelector(`.${name}`); }
  say(words) { this.root.querySelector(".status").textContent = words; }
  get path() { return `/handset/phones/${encodeURIComponent(this.at("own").value.trim())}`; }
  get seconds() { return (performance.now() - this.call.started) / 1000; }

  keypad() {
    for (const key of KEYS) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = key;
      button.addEventListener("click", () => this.deed("press", { digits: key }, true));
      this.list("keypad").append(button);
    }
  }

  listen() {
    const on = (name, event, job) => this.at(name).addEventListener(event, (what) => {
      what.preventDefault();
      job().catch((error) => this.say(`没有做成：${error.message}`));
    });
    on("dial", "click", () => this.dial());
    on("hang-up", "click", () => this.deed("hang_up", {}, true));
    on("answer", "click", () => { this.at("answer").hidden = true; return this.deed("answer", {}, true); });
    on("microphone", "click", () => this.speak());
    on("voice", "submit", () => this.playReady());
    on("sound", "submit", () => this.playFile());
    on("sentence", "submit", () => this.speakSentence());
    on("writes", "submit", () => this.text());
    this.at("rings").addEventListener("change", () => this.ring());
    this.at("own").addEventListener("change", () => { this.list("thread").replaceChildren(); this.at("rings").checked = false; });
    this.root.querySelector(".no-microphone").textContent = why();
  }

  entry(list, at, words, mine) {
    const item = document.createElement("li");
    const time = document.createElement("time");
    time.textContent = at;
    item.append(time, words);
    if (mine) item.className = "mine";
    this.list(list).append(item);
    this.list(list).scrollTop = this.list(list).scrollHeight;
  }

  enable(on) {
    this.at("dial").disabled = on;
    this.at("hang-up").disabled = !on;
    this.at("microphone").disabled = !on || why() !== "";
    for (const button of this.root.querySelectorAll(".keypad button, form:not([name=writes]) button")) button.disabled = !on;
  }

  // calls

  async dial() {
    this.say("正在拨号");
    this.begin(await ask("POST", `${this.path}/calls`, { to: this.at("to").value }));
  }

  begin(state) {
    this.list("heard").replaceChildren();
    this.call = { sid: state.sid, started: performance.now(), shown: 0, state, mine: [], sounding: null };
    this.enable(true);
    window.setTimeout(() => this.tick(), 0);
  }

  // What she just did happened at the exchange's moment: the page jumps there and stops what still sounds.
  catchUp() {
    this.call.started = Math.min(this.call.started, performance.now() - this.call.state.elapsed * 1000);
    this.call.sounding?.pause();
  }

  // One deed after another: a key pressed while the line is being answered waits its turn.
  inTurn(job) {
    this.busy += 1;
    this.turn = this.turn.then(() => (this.call ? job() : null))
      .then((state) => { if (state && this.call) this.call.state = state; })
      .catch((error) => this.say(`没有做成：${error.message}`))
      .finally(() => { this.busy -= 1; });
    return this.turn;
  }

  deed(name, about, silence) {
    return this.inTurn(() => {
      if (silence) this.catchUp();
      return ask("POST", `/handset/calls/${this.call.sid}/${name}`, about);
    });
  }

  // While she speaks into the microphone the line waits: what she says fills the time when it is handed over.
  async tick() {
    if (!this.call) return;
    this.show();
    const { state } = this.call;
    const ahead = this.seconds - state.elapsed;
    if (!state.ended && !this.busy && !this.microphone && ahead > 0) {
      if (ahead > SLACK) this.call.started += (ahead - SLACK) * 1000;
      await this.deed("wait", { seconds: Math.min(ahead, SLACK) }, false);
    }
    if (this.call.state.ended && this.call.shown === this.call.state.timeline.length) return this.finish();
    window.setTimeout(() => this.tick(), TICK);
  }

  show() {
    const { call } = this;
    const now = this.seconds + 0.05;
    while (call.shown < call.state.timeline.length && call.state.timeline[call.shown][0] <= now) {
      const [at, event, detail] = call.state.timeline[call.shown++];
      if (WORDS[event]) this.entry("heard", at.toFixed(1), WORDS[event](detail));
      this.sound(event, detail);
    }
    if (this.microphone) return;
    const behind = call.shown < call.state.timeline.length;
    this.say(behind ? "通话中" : WAITS[call.state.waits_for] || "通话中");
  }

  sound(event, detail) {
    const addresses = { say: `/handset/prompts?say=${encodeURIComponent(detail)}`, play: `/handset/prompts?play=${encodeURIComponent(detail)}` };
    const address = event === "speaks" ? this.call.mine.shift() : addresses[event];
    if (!address) return;
    this.call.sounding?.pause();
    this.call.sounding = new Audio(address);
    this.call.sounding.play().catch(() => this.entry("heard", "", "（浏览器没有放出声音）"));
  }

  finish() {
    this.call = null;
    if (this.microphone) this.hush();
    this.enable(false);
    this.at("answer").hidden = true;
    this.say("没有通话");
  }

  // what she says

  playBlob(blob, name, address) {
    this.call?.mine.push(address);
    return this.inTurn(() => ask("POST", `/handset/sounds/${this.call.sid}?name=${encodeURIComponent(name)}`, blob));
  }

  async playReady() {
    const [chosen] = this.at("ready").selectedOptions;
    if (!chosen) return;
    const address = `/phone/voices/${encodeURIComponent(chosen.value)}`;
    await this.playBlob(await (await fetch(address)).blob(), chosen.textContent, address);
  }

  async playFile() {
    const [file] = this.at("file").files;
    if (file) await this.playBlob(file, file.name, URL.createObjectURL(file));
  }

  async speakSentence() {
    const text = this.at("words").value.trim();
    if (!text) return;
    this.call?.mine.push(`/handset/prompts?say=${encodeURIComponent(text)}`);
    await this.deed("say", { text }, false);
  }

  async speak() {
    if (this.microphone) {
      const sound = await this.hush();
      if (this.call) await this.playBlob(sound, "（话筒）", "");
      return;
    }
    const microphone = new Microphone();
    try {
      await microphone.listen();
    } catch (error) {
      this.root.querySelector(".no-microphone").textContent = `没有用上话筒（${error.name}），请放录音或者打字代说。`;
      return;
    }
    this.microphone = microphone;
    this.at("microphone").setAttribute("aria-pressed", "true");
    this.at("microphone").textContent = "说完了";
    this.say("话筒开着，请说；说完按一下“说完了”");
  }

  hush() {
    const { microphone } = this;
    this.microphone = null;
    this.at("microphone").removeAttribute("aria-pressed");
    this.at("microphone").textContent = "对着话筒说";
    return microphone.stop();
  }

  // texts, and calls to her

  async text() {
    const body = this.at("text").value.trim();
    if (!body) return;
    this.at("text").value = "";
    this.entry("thread", clock(new Date()), body, true);
    const receipt = await ask("POST", `${this.path}/texts`, { to: this.at("to").value, body });
    if (receipt?.error_code) this.entry("thread", clock(new Date()), "（没有送到，热线暂时不通）", true);
  }

  ring() {
    return ask("PUT", this.path, { when_called: this.at("rings").checked ? "ring" : "no-answer" });
  }

  // Looked for by and by: a browser holds six requests at once, and several telephones share them.
  async look() {
    const mine = this.path;
    try {
      const texts = await ask("GET", `${mine}/messages`);
      const seen = this.list("thread").querySelectorAll("li:not(.mine)").length;
      if (mine === this.path) for (const text of texts.slice(seen)) this.entry("thread", clock(new Date(text.at)), text.body);
      if (this.at("rings").checked && !this.call) await this.take(mine);
    } catch { /* the exchange is away for a moment, or half a number stands in the field */ }
    window.setTimeout(() => this.look(), LOOK);
  }

  async take(mine) {
    const reached = await ask("POST", `${mine}/calls/next`);
    if (!reached) return;
    this.at("answer").hidden = false;
    this.begin(reached);
  }
}
