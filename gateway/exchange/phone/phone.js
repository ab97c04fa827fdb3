// The page: several telephones side by side, and the drill clock where it can be moved.

import { ask } from "./asking.js";
import { Handset } from "./handset.js";

const WHEN = { month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" };

function show({ now, ahead }) {
  const moved = Math.round(ahead / 360) / 10;
  const late = moved ? `（比真时间快 ${moved >= 24 ? `${Math.round(moved / 2.4) / 10} 天` : `${moved} 小时`}）` : "";
  document.getElementById("now").textContent = new Date(now).toLocaleString("zh-CN", WHEN) + late;
}

async function drill() {
  const form = document.getElementById("drill");
  show(await ask("GET", "/drill/clock"));
  form.addEventListener("click", async (event) => {
    if (event.target.value) show(await ask("POST", "/drill/clock", { seconds: Number(event.target.value) }));
  });
  form.hidden = false; // not before: a click that nobody listens to is lost
}

const setting = await ask("GET", "/phone/setting.json");
for (const about of setting.handsets) {
  const root = document.getElementById("handset").content.cloneNode(true).firstElementChild;
  document.getElementById("handsets").append(root);
  new Handset(root, about, setting);
}
if (setting.drill) await drill();
