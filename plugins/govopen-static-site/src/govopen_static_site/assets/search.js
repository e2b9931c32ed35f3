// Search without a server. The files it reads are written by searching.py; names and format are the same there.
"use strict";
(() => {
  const SHOWN = 20;
  const FEW = 0.5;
  const root = new URL("../", document.currentScript.src).href;
  const form = document.getElementById("search");
  const status = document.getElementById("status");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const received = new Map();
  const loading = new Map();
  let turn = 0;

  window.govopenSearch = (name, data) => received.set(name, data);

  // A script, because a page opened from a disk may load nothing else.
  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}search/${name}.js`;
        script.onload = () => (received.has(name) ? resolve(received.get(name)) : reject(new Error(name)));
        script.onerror = () => { loading.delete(name); reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  function keysOf(text, word) {
    const keys = new Set();
    for (const run of text.normalize("NFKC").toLowerCase().match(/[a-z0-9]+|(?:(?![a-z0-9])[\p{L}\p{N}])+/gu) || []) {
      if (/^[a-z0-9]/.test(run)) {
        keys.add(run.slice(0, word));
        continue;
      }
      const characters = Array.from(run);
      if (characters.length === 1) keys.add(run);
      for (let at = 0; at + 1 < characters.length; at += 1) keys.add(characters[at] + characters[at + 1]);
    }
    return [...keys];
  }

  const numbers = (text) => (text ? text.split(" ").map((number) => parseInt(number, 36)) : []);

  async function find(query, category) {
    const index = await load("data");
    const keys = keysOf(query, index.word);
    const found = [];
    await Promise.all(index.segments.map(async (segment, at) => {
      const hits = new Map();
      const shards = await Promise.all(keys.map((key) => load(`${at}-${key.codePointAt(0) % index.shards}`)));
      keys.forEach((key, number) => {
        const best = new Map();
        for (const [held, told] of Object.entries(shards[number])) {
          if (!held.startsWith(key)) continue;
          const [everywhere, named] = told.split("|");
          for (const place of numbers(everywhere)) if (!best.has(place)) best.set(place, 1);
          for (const place of numbers(named)) best.set(place, 4);
        }
        for (const [place, score] of best) {
          const hit = hits.get(place) || { count: 0, score: 0 };
          hits.set(place, { count: hit.count + 1, score: hit.score + score });
        }
      });
      const dates = segment.dates.split(" ");
      for (const [place, hit] of hits) {
        if (category && index.categories[segment.categories[place]] !== category) continue;
        found.push({ segment: at, place, date: parseInt(dates[place], 36), ...hit });
      }
    }));
    const whole = found.filter((hit) => hit.count === keys.length);
    const shown = whole.length ? whole : found.filter((hit) => hit.count >= keys.length * FEW);
    shown.sort((a, b) => b.count - a.count || b.score - a.score || b.date - a.date || a.place - b.place);
    return { shown, whole: whole.length > 0, chunk: index.chunk };
  }

  function marked(element, text, words) {
    const lower = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      let next = text.length;
      let length = 0;
      for (const word of words) {
        const place = lower.indexOf(word, at);
        if (place >= 0 && place < next) { next = place; length = word.length; }
      }
      element.append(text.slice(at, next));
      if (length) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + length);
        element.append(mark);
      }
      at = next + length;
    }
    return element;
  }

  function entry(told, words) {
    const [title, path, date, number, unit, summary] = told;
    const item = document.createElement("li");
    const heading = document.createElement("h2");
    const link = document.createElement("a");
    link.href = root + path;
    link.append(marked(document.createElement("bdi"), title, words));
    heading.append(link);
    const about = document.createElement("p");
    about.className = "note";
    about.textContent = [date, number, unit].filter(Boolean).join("　");
    item.append(heading, about);
    if (summary) item.append(marked(document.createElement("p"), summary, words));
    return item;
  }

  async function show(found, words, own) {
    const next = found.shown.splice(0, SHOWN);
    const entries = await Promise.all(next.map(async (hit) => {
      const chunk = await load(`${hit.segment}-d${Math.floor(hit.place / found.chunk)}`);
      return entry(chunk[hit.place % found.chunk], words);
    }));
    if (own !== turn) return;
    results.append(...entries);
    more.hidden = found.shown.length === 0;
    more.onclick = async () => {
      const first = results.children.length;
      await show(found, words, own);
      // The button may be gone: the keyboard goes on where the new results begin.
      results.children[first]?.querySelector("a").focus();
    };
  }

  async function search() {
    const own = ++turn;
    const query = form.elements.q.value.trim();
    const chosen = form.elements.c;
    results.replaceChildren();
    more.hidden = true;
    if (!query) { status.textContent = ""; return; }
    status.textContent = "正在检索……";
    try {
      const found = await find(query, chosen.value ? chosen.options[chosen.selectedIndex].text : "");
      if (own !== turn) return;
      const count = found.shown.length;
      const told = found.whole ? `找到 ${count} 条信息。` : `没有信息含有全部检索词。以下 ${count} 条含有其中一部分。`;
      await show(found, query.toLowerCase().split(/\s+/), own);
      if (own === turn) status.textContent = count ? told : "没有找到信息。可以换一个检索词，或者从信息公开目录查找。";
    } catch (error) {
      if (own === turn) status.textContent = "检索数据没有读到，请稍后再试，或者从信息公开目录查找。";
    }
  }

  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") || "";
  form.elements.c.value = asked.get("c") || "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = new URLSearchParams(new FormData(form));
    try { history.replaceState(null, "", `?${wanted}`); } catch (error) { /* not allowed for a page opened from a disk */ }
    search();
  });
  search();
})();
