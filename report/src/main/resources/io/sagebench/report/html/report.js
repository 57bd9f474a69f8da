// What moves on the page: which policies are shown, sorting, light and dark, single requests, figures of charts. All text goes in as text, never as HTML.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const page = { hidden: new Set(), byName: new Map(data.policies.map(policy => [policy.name, policy])), dark: false };
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));

  function make(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  // ---- charts

  const frames = all("[data-chart]").map(frame => ({ frame, chart: data.charts[Number(frame.dataset.chart)], seen: false, plots: [] }));

  function build(one) {
    const panels = one.frame.querySelector(".panels");
    one.plots = one.chart.panels.map(panel => {
      const plot = make("div", { className: "plot", role: "img" });
      plot.setAttribute("aria-label", one.chart.title + (panel.title ? ": " + panel.title : "") + ". The figures are below.");
      const box = make("div", { className: "panel" });
      if (panel.title) box.append(make("h4", { textContent: panel.title, dir: "auto" }));
      box.append(plot);
      panels.append(box);
      return { plot, panel, box };
    });
    one.frame.querySelector(".figures").addEventListener("toggle", () => figures(one), { once: true });
  }

  function legend(one) {
    const names = new Map();
    for (const panel of one.chart.panels) {
      if (panel.series.length === 1 && ((panel.kind === "bars" && panel.named) || !page.byName.has(panel.series[0].name))) continue;
      if (panel.title && panel.series.length === 1 && panel.title === panel.series[0].name) continue;
      panel.series.forEach((series, place) => names.set(series.name, { place, count: panel.series.length, kind: panel.kind, style: series.style }));
    }
    const place = one.frame.querySelector(".legend");
    place.replaceChildren();
    if (names.size < 2) return;
    names.forEach((how, name) => {
      if (page.hidden.has(name)) return;
      const colour = sageCharts.colour(name, how.place, page, how.count);
      const ceiling = (page.byName.get(name) || {}).ceiling;
      const key = make("i", { className: how.kind === "lines" ? "line" + (how.style === "dashed" || ceiling ? " dashed" : "") : "swatch" });
      key.style.setProperty(how.kind === "lines" ? "border-top-color" : "background", colour);
      place.append(make("span", { dir: "auto" }, key, name));
    });
  }

  function draw(one) {
    if (!one.seen) build(one);
    one.seen = true;
    legend(one);
    for (const { plot, panel, box } of one.plots) {
      box.hidden = panel.title !== "" && page.hidden.has(panel.title);
      if (!box.hidden) sageCharts.draw(plot, panel, page);
    }
  }

  const drawSeen = () => frames.filter(one => one.seen).forEach(draw);
  const drawAll = () => frames.forEach(draw);

  function figures(one) {
    const rows = [];
    for (const panel of one.chart.panels) {
      for (const series of panel.series) {
        series.y.forEach((y, i) => {
          const at = panel.kind === "bars" ? panel.categories[i]
            : panel.kind === "histogram" ? sageCharts.text(panel.edges[i]) + " to " + sageCharts.text(panel.edges[i + 1]) : sageCharts.text(series.x[i]);
          rows.push([panel.title, series.name, (series.labels || [])[i] || at, sageCharts.text(y)]);
        });
      }
    }
    const first = one.chart.panels[0];
    const titled = one.chart.panels.some(panel => panel.title);
    const head = ["Panel", "Series", first.x ? first.x.label : "Of", first.y.label];
    const cells = row => (titled ? row : row.slice(1));
    const most = 600;
    const table = make("table", {},
      make("caption", { textContent: rows.length > most ? "The first " + most + " of " + rows.length + " figures." : one.chart.title }),
      make("thead", {}, make("tr", {}, ...cells(head).map(name => make("th", { scope: "col", textContent: name })))),
      make("tbody", {}, ...rows.slice(0, most).map(row => make("tr", {}, ...cells(row).map(cell => make("td", { textContent: cell, dir: "auto" }))))));
    one.frame.querySelector(".figures .scroll").append(table);
  }

  const ahead = 600; // pixels below the window in which charts are drawn before they are seen
  frames.filter(one => one.frame.getBoundingClientRect().top < window.innerHeight + ahead).forEach(draw); // at once, also where nobody looks: a tool that takes a picture
  const watcher = new IntersectionObserver(entries => entries.forEach(entry => {
    const one = frames.find(frame => frame.frame === entry.target);
    if (entry.isIntersecting && !one.seen) draw(one);
  }), { rootMargin: ahead + "px" });
  frames.forEach(one => watcher.observe(one.frame));

  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    for (const one of frames.filter(frame => frame.seen)) {
      one.plots.forEach(({ plot }) => echarts.getInstanceByDom(plot)?.resize());
      draw(one);
    }
  });

  // ---- which policies are shown

  const chips = all(".chip[data-policy]");
  const everyone = document.querySelector(".chip[data-all]");

  function show() {
    chips.forEach(chip => chip.setAttribute("aria-pressed", String(!page.hidden.has(chip.dataset.policy))));
    everyone?.setAttribute("aria-pressed", String(page.hidden.size === 0));
    all("tbody tr[data-policy]").forEach(row => row.classList.toggle("off", page.hidden.has(row.dataset.policy)));
    all(".requested").forEach(list => { list.hidden = page.hidden.has(list.dataset.policy); });
    drawSeen();
  }

  chips.forEach(chip => chip.addEventListener("click", event => {
    const name = chip.dataset.policy;
    if (event.shiftKey) {
      page.hidden = new Set(chips.map(other => other.dataset.policy).filter(other => other !== name));
    } else if (!page.hidden.delete(name)) {
      page.hidden.add(name);
    }
    show();
  }));
  everyone?.addEventListener("click", () => {
    page.hidden = page.hidden.size === 0 ? new Set(chips.map(chip => chip.dataset.policy)) : new Set();
    show();
  });

  // ---- tables

  all("table.sortable").forEach(table => {
    const body = table.tBodies[0];
    all("thead th", table).forEach((head, column) => {
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const cells = row => row.cells[column];
        const numbers = all("tr", body).some(row => cells(row).dataset.sort);
        const now = head.getAttribute("aria-sort");
        const order = now ? (now === "ascending" ? "descending" : "ascending") : numbers ? "descending" : "ascending";
        all("thead th", table).forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const sorted = all("tr", body).sort((one, other) => {
          const a = cells(one), b = cells(other);
          if (!numbers) return sign * a.textContent.trim().localeCompare(b.textContent.trim());
          const known = Number(Boolean(b.dataset.sort)) - Number(Boolean(a.dataset.sort)); // what is not known comes last either way
          return known || sign * (Number(a.dataset.sort) - Number(b.dataset.sort));
        });
        body.append(...sorted);
      });
    });
  });

  // ---- single requests

  function span(from, to) {
    return Number.isFinite(from) && Number.isFinite(to) && to > from ? to - from : 0;
  }

  function request(facts, longest) {
    const get = name => (typeof facts.get(name) === "number" ? facts.get(name) : NaN);
    const intended = get("intended_ms"), sent = get("sent_ms"), first = get("first_token_ms"), ended = get("ended_ms");
    const queue = Math.min(span(0, get("queue_ms")), span(sent, Number.isFinite(first) ? first : ended));
    const untilFirst = Math.max(0, span(sent, Number.isFinite(first) ? first : ended) - queue);
    const parts = [["lag", span(intended, sent), "sent late"], ["queue", queue, "in the queue"],
      Number.isFinite(first) ? ["first", untilFirst, "to the first token"] : ["none", untilFirst, "to the end, without a token"], ["rest", span(first, ended), "to the end"]];
    const bar = make("span", { className: "bar", role: "img" });
    bar.setAttribute("aria-label", parts.filter(part => part[1] > 0).map(part => sageCharts.text(part[1]) + " ms " + part[2]).join(", ") || "no times known");
    bar.title = bar.getAttribute("aria-label");
    for (const [kind, length] of parts) {
      const segment = make("i", { className: "seg " + kind });
      segment.style.width = (longest > 0 ? (100 * length) / longest : 0) + "%";
      bar.append(segment);
    }
    const took = span(intended, ended);
    const what = [facts.get("priority"), facts.get("request_type"), facts.get("success") === false ? String(facts.get("outcome") || "failed").replaceAll("_", " ") : facts.get("met_slo") === false ? "late" : ""];
    const list = make("dl", { className: "facts" });
    const details = make("details", { className: "request" },
      make("summary", {}, make("b", { textContent: took > 0 ? sageCharts.text(took) + " ms" : "–" }), make("span", { className: "hint", dir: "auto", textContent: what.filter(Boolean).join(" · ") }), bar), list);
    details.addEventListener("toggle", () => facts.forEach((value, name) =>
      list.append(make("div", {}, make("dt", { textContent: name }), make("dd", { dir: "auto", textContent: typeof value === "number" && !Number.isInteger(value) ? sageCharts.text(value) : String(value) })))), { once: true });
    return details;
  }

  all(".requested").forEach(list => list.addEventListener("toggle", () => {
    const one = data.requests[Number(list.dataset.requests)];
    const facts = row => new Map(row.map((value, i) => [one.fields[i], value]).filter(([, value]) => value !== null));
    const groups = [["Slowest", one.slowest.map(facts)], ["Not completed", one.failed.map(facts)]];
    const longest = Math.max(...groups.flatMap(group => group[1]).map(each => span(each.get("intended_ms"), each.get("ended_ms"))));
    for (const [title, requests] of groups) {
      if (requests.length) list.querySelector(".list").append(make("h4", { textContent: title }), ...requests.map(each => request(each, longest)));
    }
  }, { once: true }));

  // ---- light and dark, print, copying

  const likesDark = window.matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");

  function theme() {
    page.dark = root.dataset.theme ? root.dataset.theme === "dark" : likesDark.matches;
    button.textContent = page.dark ? "Light" : "Dark";
    button.setAttribute("aria-pressed", String(page.dark));
    button.setAttribute("aria-label", "Dark colours");
    drawSeen();
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = page.dark ? "light" : "dark";
    theme();
  });
  likesDark.addEventListener("change", theme);
  theme();

  window.addEventListener("beforeprint", () => {
    page.dark = false;
    drawAll();
    frames.forEach(one => one.plots.forEach(({ plot }) => echarts.getInstanceByDom(plot)?.resize()));
  });
  window.addEventListener("afterprint", theme);

  const copy = document.getElementById("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById("command").textContent)
      .then(() => { copy.textContent = "Copied"; }, () => { copy.textContent = "Not allowed"; }));
  }
  root.dataset.ready = "yes";
})();
