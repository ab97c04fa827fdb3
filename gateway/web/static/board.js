// Asks every few seconds what is new and shows it. Without it the page shows what was so when it was opened.
const EVERY = 5000;
const page = document.querySelector("#now");
const fresh = document.querySelector("#fresh");
const said = document.querySelector("#said");
let mark = `"${page.dataset.mark}"`;

const isFresh = () => {
  delete fresh.dataset.stale;
  fresh.textContent = `${new Date().toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" })} 看过，是最新的。`;
};

const isStale = (sentence) => {
  fresh.dataset.stale = "yes";
  if (said.textContent !== sentence) said.textContent = sentence;
  fresh.textContent = sentence;
};

const show = (body) => {
  const open = document.activeElement?.getAttribute("href");
  page.innerHTML = body;
  if (open) page.querySelector(`a[href="${CSS.escape(open)}"]`)?.focus();
  said.textContent = "看板有更新";
};

const ask = async () => {
  const answer = await fetch(page.dataset.from, { headers: { "If-None-Match": mark }, redirect: "manual" });
  if (answer.type === "opaqueredirect") return isStale("登录到期了，下面的数不再更新。请重新登录。");
  if (!answer.ok && answer.status !== 304) return isStale("现在取不到新的数，下面是先前的。");
  if (answer.ok) {
    show(await answer.text());
    mark = answer.headers.get("ETag");
  }
  return isFresh();
};

setInterval(() => {
  if (!document.hidden) ask().catch(() => isStale("现在连不上，下面是先前的数。"));
}, EVERY);
