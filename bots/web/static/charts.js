// Draws every chart of a page: lines with uPlot, a few bars with plain elements. Each can be read point by point with a mouse, a
// finger or the arrow keys; what is read is the slider's value, which screen readers say.
"use strict";
(() => {
  const PERIODS = [12, 26, 52];
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 4], [4, 2]];
  const FLAG = 20, FAR = 2.5, APART = 16, BARS_AT_MOST = 24;
  const undo = new Map(); // by the element that is drawn in
  const chosen = new Map(); // how many points are shown, by the chart's title
  let held = null; // the title of the chart that has the focus

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const voice = (at) => colour(`--voice-${(at % 6) + 1}`);
  const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

  function made(name, attributes, ...inner) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inner);
    return element;
  }

  // A figure at an axis, where there is little room: 12k, £1.5M, 20%.
  function scaled(value, data) {
    const size = Math.abs(value);
    const [by, letter] = size >= 1e9 ? [1e9, "bn"] : size >= 1e6 ? [1e6, "M"] : size >= 1e4 ? [1e3, "k"] : [1, ""];
    const number = size && size < 0.095 ? String(Number(size.toPrecision(2))) : plain.format(size / by);
    return `${value < 0 ? "−" : ""}${data.before}${number}${letter}${data.after}`;
  }

  // From nought where nothing is negative, so that a small change looks small; a range far out is left to the words.
  function span(data, from) {
    const values = data.series.flatMap((each) => each.values.slice(from)).filter((each) => each !== null);
    const most = Math.max(...values.map(Math.abs), 0) || 1;
    const edges = data.band ? [data.band.low, data.band.high].filter((each) => each !== null) : [];
    const far = !edges.length || Math.abs(edges[0]) > most * FAR;
    const all = far ? values : [...values, ...edges];
    const low = Math.min(0, ...all), high = Math.max(0, ...all);
    const tall = high - low || 1;
    return { low: low < 0 ? low - tall * 0.08 : 0, high: high + tall * (high > Math.max(...values) * 1.15 ? 0.05 : data.marks.length ? 0.26 : 0.16), most: high, band: far ? null : data.band };
  }

  // Flags in as few lines as keep them apart.
  function flagged(data, from, width) {
    const step = width / Math.max(1, data.labels.length - from), found = [];
    for (const mark of data.marks) {
      if (mark.at === null || mark.at < from) continue;
      let line = 0;
      while (found.some((each) => each.line === line && Math.abs(each.at - mark.at) * step < FLAG - 1)) line += 1;
      found.push({ ...mark, line });
    }
    return found;
  }

  function hatch(u, band, look) {
    const { ctx, bbox } = u, px = devicePixelRatio;
    const edge = (value, otherwise) => (value === null ? otherwise : Math.min(bbox.top + bbox.height, Math.max(bbox.top, u.valToPos(value, "y", true))));
    const top = edge(band.high, bbox.top), bottom = edge(band.low, bbox.top + bbox.height);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, top, bbox.width, bottom - top);
    ctx.clip();
    ctx.fillStyle = look.band;
    ctx.fill();
    ctx.strokeStyle = look.edge;
    ctx.lineWidth = 0.8 * px;
    ctx.beginPath();
    for (let x = bbox.left - (bottom - top); x < bbox.left + bbox.width; x += 9 * px) {
      ctx.moveTo(x, bottom);
      ctx.lineTo(x + (bottom - top), top);
    }
    ctx.stroke();
    ctx.restore();
    ctx.save();
    ctx.strokeStyle = look.edge;
    ctx.lineWidth = 1.5 * px;
    ctx.setLineDash([5 * px, 3 * px]);
    ctx.beginPath();
    for (const [value, y] of [[band.high, top], [band.low, bottom]]) {
      if (value === null) continue;
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
    }
    ctx.stroke();
    ctx.restore();
  }

  function flags(u, marks, look) {
    const { ctx, bbox } = u, px = devicePixelRatio;
    ctx.save();
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `700 ${11 * px}px system-ui, sans-serif`;
    for (const pass of ["threads", "discs"]) {
      for (const mark of marks) {
        const x = u.valToPos(mark.at, "x", true), y = bbox.top - (mark.line + 0.5) * FLAG * px;
        if (pass === "threads") {
          ctx.strokeStyle = look.faint;
          ctx.lineWidth = px;
          ctx.setLineDash([2 * px, 3 * px]);
          ctx.beginPath();
          ctx.moveTo(x, y);
          ctx.lineTo(x, bbox.top + bbox.height);
          ctx.stroke();
        } else {
          ctx.fillStyle = look.ink;
          ctx.beginPath();
          ctx.arc(x, y, 9 * px, 0, 2 * Math.PI);
          ctx.fill();
          ctx.fillStyle = look.paper;
          ctx.fillText(String(mark.number), x, y + 0.5 * px);
        }
      }
    }
    ctx.restore();
  }

  // The latest value, written at its point, where there is one line alone.
  function latest(u, data, look) {
    if (data.series.length !== 1) return;
    const { values, said } = data.series[0];
    let at = values.length - 1;
    while (at >= 0 && values[at] === null) at -= 1;
    if (at < u.data[0][0]) return;
    const { ctx } = u, px = devicePixelRatio;
    ctx.save();
    ctx.font = `700 ${14 * px}px system-ui, sans-serif`;
    const wide = ctx.measureText(said[at]).width, x = u.valToPos(at, "x", true);
    const right = Math.min(u.bbox.left + u.bbox.width + 4 * px, x + wide / 2);
    let y = Infinity;
    for (let each = at; each >= u.data[0][0] && u.valToPos(each, "x", true) > right - wide - 6 * px; each -= 1) {
      if (values[each] !== null) y = Math.min(y, u.valToPos(values[each], "y", true));
    }
    ctx.textAlign = "right";
    ctx.textBaseline = "bottom";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4 * px;
    ctx.strokeStyle = look.paper;
    ctx.strokeText(said[at], right, y - 8 * px);
    ctx.fillStyle = voice(0);
    ctx.fillText(said[at], right, y - 8 * px);
    ctx.restore();
  }

  // Points that would not be seen as a piece of a line; all of them where there is room.
  function discs(values, from, width) {
    const few = width / (values.length - from) >= APART, last = values.findLastIndex((each) => each !== null);
    const alone = (at) => (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
    return values.flatMap((value, at) => (at >= from && value !== null && (few || at === last || alone(at)) ? [at - from] : []));
  }

  function lines(host, data, from, width, height) {
    const look = { ink: colour("--ink"), faint: colour("--faint"), line: colour("--line"), paper: colour("--paper"), band: colour("--band"), edge: colour("--band-edge") };
    const here = span(data, from), count = data.labels.length, marks = flagged(data, from, width - 60);
    const rows = Math.max(0, ...marks.map((each) => each.line + 1));
    const bars = data.kind === "bar";
    const pad = bars ? 0.6 : count - from === 1 ? 0.5 : (count - from) * 0.02;
    const measure = document.createElement("canvas").getContext("2d");
    measure.font = "12px system-ui, sans-serif";
    const wide = (words) => measure.measureText(words).width;
    const axis = { stroke: look.faint, font: "12px system-ui, sans-serif", ticks: { show: false }, grid: { show: false } };
    return new uPlot({
      width, height, legend: { show: false }, padding: [rows * FLAG + 10, Math.max(14, Math.ceil(wide(data.labels[count - 1]) / 2)), 0, 4],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 10, width: 2, stroke: look.paper, fill: (u, at) => voice(at - 1) } },
      scales: { x: { time: false, range: () => [from - pad, count - 1 + pad] }, y: { range: () => [here.low, here.high] } },
      axes: [
        { ...axis, size: 34, gap: 9, space: Math.max(...data.labels.slice(from).map(wide)) + 18, incrs: [1, 2, 3, 4, 5, 6, 8, 10, 13, 20, 26, 39, 52, 104],
          values: (u, at) => at.map((each) => (Number.isInteger(each) ? data.labels[each] ?? "" : "")) },
        { ...axis, space: 38, grid: { stroke: look.line, width: 1 }, values: (u, at) => at.map((each) => scaled(each, data)),
          size: (u, words) => Math.max(24, ...(words ?? []).map(wide)) + 10 },
      ],
      series: [{}, ...data.series.map((each, at) => ({
        stroke: voice(at), width: 2.2, dash: DASHES[at % DASHES.length], fill: bars ? voice(at) : undefined,
        paths: bars ? uPlot.paths.bars({ size: [0.7, 48] }) : undefined,
        points: { show: !bars, size: 7, width: 1.5, stroke: look.paper, fill: voice(at), filter: () => (bars ? [] : discs(each.values, from, width)) },
      }))],
      hooks: {
        drawClear: [(u) => { if (here.band) hatch(u, here.band, look); }],
        draw: [(u) => { flags(u, marks, look); if (!bars) latest(u, data, look); }],
      },
    }, [data.labels.map((_, at) => at).slice(from), ...data.series.map((each) => each.values.slice(from))], host);
  }

  function told(data, at) {
    const values = data.series.map((each) => (data.series.length > 1 ? `${each.name} ${each.said[at]}` : each.said[at]));
    return [`${data.labels[at]}: ${values.join(", ")}`, ...data.marks.filter((each) => each.at === at).map((each) => each.words)].join(". ");
  }

  function line(plot, data) {
    const count = data.labels.length;
    const host = made("div", { role: "img", "aria-label": data.alt });
    const tip = made("div", { class: "chart-tip", hidden: "", "aria-hidden": "true" });
    const over = made("div", { class: "chart-over", role: "slider", tabindex: "0", "aria-label": `${data.title}, point by point`, "aria-valuemin": "1", "aria-valuemax": String(count) });
    const stage = made("div", { class: "chart-stage" }, host, over, tip);
    const periods = made("div", { class: "chart-periods", role: "group", "aria-label": `How much of ${data.title}` });
    const sizes = [...PERIODS.filter((each) => each < count), count];
    const notes = plot.closest("figure").querySelectorAll(".chart-notes li[data-at]"); // marks before what is shown need no words
    let from = 0, u = null, at = count - 1;

    const told_at = () => {
      over.setAttribute("aria-valuenow", String(at + 1));
      over.setAttribute("aria-valuetext", told(data, at));
    };
    const hide = () => { tip.hidden = true; u?.setCursor({ left: -10, top: -10 }, false); };
    function show(place) {
      at = Math.max(from, Math.min(count - 1, place));
      told_at();
      const x = u.valToPos(at, "x"), left = x + u.bbox.left / devicePixelRatio;
      u.setCursor({ left: x, top: 0 }, false);
      tip.replaceChildren(made("strong", {}, data.labels[at]), ...data.series.map((each, number) => made("span", {},
        ...(data.series.length > 1 ? [made("span", { class: `chart-line voice-${(number % 6) + 1}` }), `${each.name} `] : []), each.said[at])),
      ...data.marks.filter((each) => each.at === at).map((each) => made("span", {}, made("span", { class: "chart-flag" }, String(each.number)), each.words)));
      tip.hidden = false;
      const room = stage.clientWidth - tip.offsetWidth;
      const beside = left > stage.clientWidth / 2 ? left - tip.offsetWidth - 12 : left + 12;
      tip.style.transform = `translate(${Math.max(0, Math.min(room, beside))}px, ${u.bbox.top / devicePixelRatio + 4}px)`;
    }
    function draw() {
      const size = chosen.get(data.title) ?? sizes.find((each) => each >= 26) ?? count;
      from = Math.max(0, count - size);
      for (const each of periods.querySelectorAll("button")) each.setAttribute("aria-pressed", String(Number(each.value) === Math.min(size, count)));
      for (const each of notes) each.hidden = Number(each.dataset.at) < from;
      u?.destroy();
      const width = stage.clientWidth;
      u = width ? lines(host, data, from, width, Math.round(Math.max(210, Math.min(320, width * 0.52)))) : null;
      at = Math.max(from, at);
      told_at();
      hide();
    }
    if (sizes.length > 1) {
      periods.append(made("span", { "aria-hidden": "true" }, "Latest"));
      for (const size of sizes) {
        const words = size === count ? `All ${count}` : String(size);
        const button = made("button", { type: "button", class: "chip", value: String(size), "aria-label": size === count ? words : `Latest ${size}` }, words);
        button.addEventListener("click", () => { chosen.set(data.title, size); draw(); });
        periods.append(button);
      }
    }
    over.addEventListener("pointermove", (event) => u && show(Math.round(u.posToVal(event.clientX - host.getBoundingClientRect().left - u.bbox.left / devicePixelRatio, "x"))));
    over.addEventListener("pointerdown", (event) => event.pointerType !== "mouse" && u && show(Math.round(u.posToVal(event.clientX - host.getBoundingClientRect().left - u.bbox.left / devicePixelRatio, "x"))));
    over.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && document.activeElement !== over && hide());
    over.addEventListener("focus", () => { held = data.title; if (over.matches(":focus-visible") && u) show(at); });
    over.addEventListener("blur", () => { if (over.isConnected) held = null; hide(); });
    over.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -count, End: count }[event.key];
      if (event.key === "Escape") hide();
      if (step === undefined || !u) return;
      event.preventDefault();
      show(at + step);
    });
    plot.replaceChildren(...(sizes.length > 1 ? [periods] : []), stage);
    let wide = 0;
    const seen = new ResizeObserver(() => { if (stage.clientWidth !== wide) { wide = stage.clientWidth; requestAnimationFrame(draw); } });
    seen.observe(stage);
    if (held === data.title && document.activeElement === document.body) over.focus({ preventScroll: true });
    return { again: draw, end: () => { seen.disconnect(); u?.destroy(); } };
  }

  function bars(plot, data) {
    const here = span(data, 0), low = Math.min(0, here.low), high = Math.max(here.most, low + 1e-9);
    const most = Math.max(...data.series.flatMap((each) => each.said.filter((_, at) => each.values[at] !== null).map((words) => words.length)), 1);
    const room = `(100% - ${most + 1}ch)`;
    const share = (value) => (value - low) / (high - low);
    const box = made("div", { class: "bars", role: "img", "aria-label": data.alt });
    data.labels.forEach((label, at) => {
      const rows = made("div", { class: "bars-rows" });
      if (here.band) {
        const band = made("div", { class: "bars-band" }), start = share(here.band.low ?? low), end = share(here.band.high ?? high);
        band.style.left = `calc(${room} * ${start})`;
        band.style.width = `calc(${room} * ${Math.max(0, end - start)})`;
        rows.append(band);
      }
      data.series.forEach((each, number) => {
        const value = each.values[at], row = made("div", { class: "bars-row" });
        if (value !== null) {
          const bar = made("i", { class: `voice-${(number % 6) + 1}${value < 0 ? " below" : ""}` });
          bar.style.marginLeft = `calc(${room} * ${share(Math.min(0, value))})`;
          bar.style.width = `calc(${room} * ${Math.abs(value) / (high - low)})`;
          row.append(bar);
        }
        row.append(made("b", {}, each.said[at]));
        rows.append(row);
      });
      const flags = data.marks.filter((each) => each.at === at).map((each) => made("span", { class: "chart-flag" }, String(each.number)));
      box.append(made("div", { class: "bars-name" }, label, ...flags.flatMap((each) => [" ", each])), rows);
    });
    plot.replaceChildren(box);
    return { again: () => {}, end: () => {} };
  }

  // What is drawn, with the words that the page has already: of its table, its title and its description.
  function read(plot) {
    const data = JSON.parse(plot.dataset.chart), figure = plot.closest("figure");
    const cells = [...figure.querySelectorAll(".figures tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent));
    data.title = figure.querySelector("figcaption").textContent;
    data.alt = plot.getAttribute("aria-label");
    data.labels = cells.map((row) => row[0]);
    data.series.forEach((each, at) => { each.said = cells.map((row) => row[at + 1]); });
    return data;
  }

  function drawAll() {
    for (const [plot, { end }] of undo) {
      if (plot.isConnected) continue;
      end();
      undo.delete(plot);
    }
    const fresh = [...document.querySelectorAll(".plot[data-chart]")].filter((plot) => !undo.has(plot));
    if (fresh.length && !window.uPlot) { fetchLibrary(); return; }
    for (const plot of fresh) {
      const data = read(plot);
      if (!data.series.some((each) => each.values.some((value) => value !== null))) {
        plot.replaceChildren(made("p", { class: "faint" }, "Nothing measured yet."));
        undo.set(plot, { again: () => {}, end: () => {} });
        continue;
      }
      plot.removeAttribute("role");
      plot.removeAttribute("aria-label");
      undo.set(plot, data.kind === "bar" && data.labels.length * data.series.length <= BARS_AT_MOST ? bars(plot, data) : line(plot, data));
    }
  }

  // A page that had no chart when it was opened may get one.
  function fetchLibrary() {
    const { charts, chartsStyle } = document.body.dataset;
    if (!charts || document.querySelector("script[data-library]")) return;
    if (chartsStyle) document.head.append(made("link", { rel: "stylesheet", href: chartsStyle }));
    const script = made("script", { src: charts, "data-library": "" });
    script.addEventListener("load", drawAll);
    document.head.append(script);
  }

  const again = () => undo.forEach((each) => each.again());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  document.addEventListener("elevate:shown", drawAll);
  drawAll();
})();
