// What scripts add to pages that work without them: sending in place, completing fields, keeping what was left, and live changes.
"use strict";
(() => {
  const page = () => document.getElementById("page");
  const notes = () => document.getElementById("notes");
  const dirty = new Set();
  let sending = 0;
  let stale = false;

  // Forms that somebody is writing in are never taken from under their hands.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-leaves]");
    if (form) dirty.add(form);
  });

  async function fetched(url, options) {
    const response = await fetch(url, { credentials: "same-origin", redirect: "follow", ...options });
    if (response.status === 401) { location.reload(); return null; }
    return { response, document: new DOMParser().parseFromString(await response.text(), "text/html") };
  }

  const named = (details) => details.id || details.querySelector("summary")?.textContent;

  // Whoever moves by keyboard stays at what they were at, or, where that is gone, at what stands in its place.
  const pressable = (part) => [...part.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
  const nth = (all, place) => all[Math.max(0, Math.min(place, all.length - 1))];
  const alike = (part, one) => [...part.querySelectorAll(one.tagName)].filter((each) =>
    each.textContent === one.textContent && each.getAttribute("href") === one.getAttribute("href") && each.name === one.name);

  // Put the new page in the place of the old one, and leave everything where the reader had it.
  function swap(fresh, { noted }) {
    const now = page(), next = fresh.getElementById("page");
    if (!now || !next) return false;
    const focused = document.activeElement && now.contains(document.activeElement) ? document.activeElement : null;
    const stood = new Map([...now.querySelectorAll("details")].map((each) => [named(each), each.open]));
    const at = focused && (focused.id || focused.dataset.keep);
    const scroll = window.scrollY;
    const place = focused && pressable(now).indexOf(focused), turn = focused && alike(now, focused).indexOf(focused);
    now.replaceChildren(...next.childNodes);
    for (const each of now.querySelectorAll("details")) each.open = stood.get(named(each)) ?? each.open;
    const kept = at && (document.getElementById(at) || now.querySelector(`[data-keep="${CSS.escape(at)}"]`));
    const again = kept || (focused && (nth(alike(now, focused), turn) || nth(pressable(now), place)));
    if (again) again.focus({ preventScroll: true });
    window.scrollTo(0, scroll);
    if (noted) {
      const words = fresh.getElementById("notes");
      notes().replaceChildren(...(words ? words.childNodes : []));
      bringIntoSight();
    }
    document.title = fresh.title;
    document.dispatchEvent(new CustomEvent("elevate:shown"));
    return true;
  }

  // Chosen, typed or sought, and not sent yet.
  const changed = (field) => field.type === "file" ? field.files.length > 0
    : field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.matches("select") ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected))
    : field.value !== field.defaultValue;
  const busy = () => sending > 0 || [...dirty].some((form) => form.isConnected) ||
    (document.activeElement && document.activeElement.closest("#page form[data-leaves], #page input, #page select")) ||
    [...document.querySelectorAll("#page :is(input:not([type=hidden]), textarea, select)")].some(changed);

  async function refresh() {
    if (!page() || !page().matches("[data-live]") || document.querySelector(".live")) return;
    if (busy()) { stale = true; return; }
    stale = false;
    const got = await fetched(location.href, { headers: { "X-Anew": "1" } });
    if (got && got.response.ok && !busy()) swap(got.document, { noted: false });
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    dirty.delete(form);
    if (!form.matches("[data-inplace]") || (form.method || "").toLowerCase() !== "post") {
      // Pressed twice is sent once; the server sees to that too.
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      setTimeout(() => { delete form.dataset.sent; }, 4000);
      return;
    }
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "1";
    if (button) button.setAttribute("aria-busy", "true");
    sending += 1;
    try {
      const data = new URLSearchParams(new FormData(form, button));
      const action = button && button.hasAttribute("formaction") ? button.formAction : form.action;
      const got = await fetched(action, { method: "POST", body: data, headers: { "X-In-Place": "1" } });
      if (!got) return;
      const here = new URL(got.response.url);
      if (here.pathname === location.pathname) {
        swap(got.document, { noted: true });
        history.replaceState(null, "", here.pathname + here.search);
        dirty.clear();
        const cell = form.closest("[id^=cell-], #summary, [data-part]");
        if (cell) document.querySelector(`#${CSS.escape(cell.id)} [data-keep]`)?.focus({ preventScroll: true });
      } else showProblem(form, got);
    } catch {
      const typed = form.querySelector("textarea, input:not([type=hidden]), select");
      say(`That did not get through; you may be offline. ${typed ? "What you typed is still here" : "Nothing was changed"}: try again.`, "bad");
    } finally {
      sending -= 1;
      delete form.dataset.sent;
      if (button) button.removeAttribute("aria-busy");
      if (stale) refresh();
    }
  });

  // A link to something that is done asks first whether to do it, where there are no scripts; here its press is enough.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-press]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.dataset.sent) return;
    link.dataset.sent = "1";
    setTimeout(() => { delete link.dataset.sent; }, 4000);
    const to = new URL(link.href), form = document.createElement("form");
    const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");
    const ours = ["_csrf", "_back"].flatMap((name) => [...document.querySelectorAll(`.ticks [name=${name}]`)].slice(0, 1));
    for (const [name, value] of [...to.searchParams, ["_nonce", nonce], ...ours.map((each) => [each.name, each.value])]) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(Object.assign(form, { method: "post", action: to.pathname }));
    form.submit();
  });

  // A link that changes only a part of this page: the form of a cell opens where the cell stands.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-inplace]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const to = new URL(link.href);
    if (to.pathname !== location.pathname) return;
    event.preventDefault();
    keepWhatIsLeft();
    const got = await fetched(to.pathname + to.search);
    if (!got || !got.response.ok || !swap(got.document, { noted: false })) { location.href = link.href; return; }
    history.pushState(null, "", to.pathname + to.search);
    const part = to.hash && document.querySelector(to.hash);
    if (!part) return;
    part.scrollIntoView({ block: "nearest" });
    (part.querySelector("textarea, input:not([type=hidden]), select") || part.querySelector("[data-keep]"))?.focus();
  });
  // A link to a place on this very page is no other page: to load a sent form anew would lose it.
  const address = () => location.pathname + location.search;
  let shown = address();
  document.addEventListener("elevate:shown", () => setTimeout(() => { shown = address(); }));
  window.addEventListener("popstate", () => { if (address() !== shown) location.reload(); });

  // Where another cell is being written in, leaving it keeps what was typed, as leaving a page does.
  function keepWhatIsLeft() {
    for (const form of dirty) {
      if (form.isConnected) navigator.sendBeacon(form.dataset.leaves, new URLSearchParams(new FormData(form)));
    }
    dirty.clear();
  }

  // What cannot be saved as it is stays where it was typed, with what is wrong.
  function showProblem(form, got) {
    const again = got.document.querySelector("#page form.form");
    if (!again) {
      const words = got.document.querySelector("#page, main");
      const box = document.createElement("div");
      box.className = "note";
      box.append(...(words ? words.childNodes : []));
      notes().replaceChildren(box);
      notes().scrollIntoView({ block: "nearest" });
      return;
    }
    again.querySelector("h1")?.remove();
    again.classList.add("compact");
    again.dataset.inplace = "";
    const leave = form.querySelector("a[data-inplace]");
    if (leave) again.querySelector(".actions")?.append(leave);
    form.replaceWith(again);
    dirty.add(again);
    (again.querySelector("[aria-invalid=true]") || again.querySelector("#problems") || again).focus();
  }

  // Whoever is far down the page sees a note too: it floats there for a while, and then stands at the top as always.
  let floating = 0;
  function bringIntoSight() {
    const box = notes();
    clearTimeout(floating);
    box.classList.remove("floats");
    if (!box.firstElementChild || box.getBoundingClientRect().bottom > 0) return;
    box.classList.add("floats");
    floating = setTimeout(() => box.classList.remove("floats"), 9000);
  }

  function say(words, tone) {
    const box = document.createElement("div");
    box.className = `note tone-${tone}`;
    box.textContent = words;
    notes().replaceChildren(box);
    bringIntoSight();
  }

  // One press copies a text: from this page, or from the page that a link of a list leads to.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-copy], a[data-copy-from]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    try {
      const source = link.dataset.copy ? document : (await fetched(link.href))?.document;
      await navigator.clipboard.writeText(source.getElementById(link.dataset.copy || "text-plain").value);
      say("Copied. Paste it where it is to go.", "good");
    } catch {
      location.href = link.href;
    }
  });

  // What was typed into a form that is left is kept until it is opened again.
  window.addEventListener("pagehide", keepWhatIsLeft);

  // What is chosen of the suggestions is read by its label; what it stands for, such as an id, goes along unseen.
  function stands(field, meant) {
    const beside = field.nextElementSibling?.matches("[data-meant]") ? field.nextElementSibling : null;
    if (meant === undefined) {
      if (beside) { field.name = beside.name; beside.remove(); }
    } else if (beside) beside.value = meant;
    else {
      const unseen = Object.assign(document.createElement("input"), { type: "hidden", name: field.name, value: meant });
      unseen.dataset.meant = "";
      field.after(unseen);
      field.removeAttribute("name");
    }
  }

  let asking = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset || !field.dataset.suggest) return;
    clearTimeout(asking);
    const offered = [...(document.getElementById(field.getAttribute("list"))?.children ?? [])];
    const chosen = offered.find((each) => each.dataset.meant !== undefined && each.value === field.value);
    stands(field, chosen?.dataset.meant);
    if (chosen) return;
    asking = setTimeout(async () => {
      const url = new URL(field.dataset.suggest, location.href);
      url.searchParams.set("typed", field.value);
      const response = await fetch(url, { credentials: "same-origin" });
      if (!response.ok) return;
      const found = await response.json();
      document.getElementById(field.getAttribute("list"))?.replaceChildren(...found.map((each) => {
        const option = document.createElement("option");
        const apart = found.filter((other) => other.label === each.label).length === 1;
        option.value = apart ? each.label : each.value;
        if (apart && each.label !== each.value) option.dataset.meant = each.value;
        else if (!apart) option.label = each.label;
        return option;
      }));
    }, 150);
  });

  // What changed while somebody wrote is shown once they are done.
  document.addEventListener("focusout", () => setTimeout(() => { if (stale && !busy()) refresh(); }, 100));

  // Whoever cannot see the page is told first what is wrong, or what came of what they pressed on the page before.
  const told = document.getElementById("problems") || document.querySelector("#notes > .note");
  if (told) { told.tabIndex = -1; told.focus({ preventScroll: !told.matches("#problems") }); }

  const source = document.body.dataset.events;
  if (source && window.EventSource) {
    let events = null, heard = false;
    const listen = () => {
      if (events) return;
      events = new EventSource(source);
      events.addEventListener("changed", refresh);
      // What changed while nobody listened is not told any more.
      events.addEventListener("open", () => { if (heard) refresh(); heard = true; });
    };
    const rest = () => { events?.close(); events = null; };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) rest();
      else { listen(); refresh(); }
    });
    window.addEventListener("pagehide", rest);
    window.addEventListener("pageshow", listen);
    if (!document.hidden) listen();
  }
})();
