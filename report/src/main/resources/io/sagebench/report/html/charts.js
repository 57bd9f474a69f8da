// Draws charts with ECharts from what the page carries. It says what is to be seen; here is how it looks.
"use strict";
const sageCharts = (() => {
  const OTHERS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#6a3d9a", "#8c564b"];
  const STEPS = { light: ["#9fc3e7", "#4a8cc9", "#1b4f8a", "#0d2c52"], dark: ["#2f5c8a", "#5b97d1", "#a3c9ee", "#d9e9f8"] };
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"];
  const number = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });
  const text = value => (value === null || value === undefined || Number.isNaN(value) ? "–" : number.format(value));
  const escaped = name => String(name).replace(/[&<>"']/g, sign => "&#" + sign.charCodeAt(0) + ";");
  const round = end => end === undefined || Number(end.toPrecision(2)) === end;
  const short = name => (name.length > 22 ? name.slice(0, 21) + "…" : name);

  function look(dark) {
    return dark
      ? { ink: "#e8eaed", soft: "#a2a9b1", line: "#3a4046", grid: "#2a2e33", paper: "#1a1d21" }
      : { ink: "#1c1f23", soft: "#5c636b", line: "#c9c9c3", grid: "#ecece8", paper: "#ffffff" };
  }

  function colour(name, place, page, count) {
    const policy = page.byName.get(name);
    if (policy) return page.dark ? policy.dark : policy.light;
    const steps = STEPS[page.dark ? "dark" : "light"];
    return count <= steps.length ? steps[count === 1 ? 1 : place] : OTHERS[place % OTHERS.length];
  }

  function axis(from, colours, type) {
    return {
      type: type || (from.log ? "log" : "value"), min: from.min, max: from.max, minorSplitLine: { show: false },
      axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false },
      axisLabel: {
        color: colours.soft, hideOverlap: true, formatter: type ? short : value => text(value),
        showMinLabel: type || round(from.min) ? undefined : false, showMaxLabel: type || round(from.max) ? undefined : false, // ends that data set may be odd
      },
      splitLine: { lineStyle: { color: colours.grid } }, nameTextStyle: { color: colours.soft },
    };
  }

  const below = (made, label) => Object.assign(made, { name: label, nameLocation: "middle", nameGap: 28 });
  const above = (option, label, colours) => { option.title = { text: label, left: 0, top: 4, padding: 0, textStyle: { fontSize: 12, fontWeight: "normal", color: colours.soft } }; };

  function base(colours) {
    return {
      animation: false, textStyle: { fontFamily: "system-ui, sans-serif", color: colours.ink },
      grid: { left: 8, right: 18, top: 34, bottom: 34, containLabel: true },
      tooltip: { confine: true, backgroundColor: colours.paper, borderColor: colours.line, textStyle: { color: colours.ink, fontSize: 12 }, valueFormatter: text },
    };
  }

  function markLines(panel, colours, turned) {
    const marks = (panel.marks || []).slice().sort((one, other) => one.value - other.value);
    return marks.map((mark, i) => {
      const upright = mark.upright !== Boolean(turned);
      const crowded = !upright && panel.y.max && i + 1 < marks.length && marks[i + 1].value - mark.value < panel.y.max * .08;
      return {
        [upright ? "xAxis" : "yAxis"]: mark.value,
        lineStyle: { color: colours.soft, type: "dashed", width: 1 },
        label: { formatter: mark.label, color: colours.soft, fontSize: 11, position: upright && turned ? "start" : "end", padding: crowded ? [22, 0, 0, 0] : 0 },
      };
    });
  }

  // Room for the labels of lines that lie across.
  const besides = (marks, least) => Math.max(least, ...marks.filter(mark => !mark.upright).map(mark => 12 + 6.6 * mark.label.length));

  const still = { silent: true, symbol: "none", animation: false };

  function bars(panel, page, colours, width) {
    const keep = panel.categories.map((name, i) => i).filter(i => !panel.named || !page.hidden.has(panel.categories[i]));
    const categories = keep.map(i => panel.categories[i]);
    const shown = panel.series.filter(one => !page.hidden.has(one.name));
    if (!categories.length || !shown.length) return null;
    const turned = categories.length > 6 || Math.max(...categories.map(name => Math.min(22, name.length))) * 7.5 > width / categories.length;
    const many = categories.length * shown.length;
    const option = base(colours);
    const over = axis({}, colours, "category");
    over.data = categories;
    over.axisLabel.interval = 0;
    over.splitLine = { show: false };
    if (turned) {
      over.inverse = true;
      option.yAxis = over;
      option.xAxis = below(axis(panel.y, colours), panel.y.label);
      option.grid.top = panel.marks.length ? 22 : 6;
      option.grid.right = 46;
      option.grid.containLabel = false; // its estimate of text is too narrow for some fonts
      option.grid.left = 14 + Math.min(width * .4, 7.4 * Math.max(...categories.map(name => Math.min(22, name.length))));
      option.grid.bottom = 46;
    } else {
      option.xAxis = over;
      option.yAxis = axis(panel.y, colours);
      above(option, panel.y.label, colours);
      option.grid.bottom = 10;
      option.grid.right = besides(panel.marks, 18);
    }
    option.tooltip.trigger = "axis";
    option.tooltip.axisPointer = { type: "shadow" };
    option.series = shown.map((one, place) => {
      const labelled = !panel.stacked && many <= (turned ? 40 : 8);
      const whiskers = one.low ? keep.map((from, at) => [one.low[from] === null ? null : Math.max(panel.y.min ?? -Infinity, one.low[from]), one.high[from], at]).filter(([low, high]) => low !== null && high !== null) : [];
      return {
        type: "bar", name: one.name, stack: panel.stacked ? "all" : undefined, barMaxWidth: 42, barGap: "8%", barCategoryGap: shown.length > 1 ? "28%" : "34%",
        itemStyle: { color: colour(one.name, panel.series.indexOf(one), page, panel.series.length), borderRadius: panel.stacked ? 0 : turned ? [0, 3, 3, 0] : [3, 3, 0, 0] },
        data: keep.map(i => (panel.named && panel.series.length === 1 ? { value: one.y[i], itemStyle: { color: colour(panel.categories[i], i, page, 99) } } : one.y[i])),
        label: { show: labelled && !whiskers.length, position: turned ? "right" : "top", distance: 5, color: colours.soft, fontSize: 11, formatter: at => text(at.value) },
        markLine: Object.assign({
          data: (place === 0 ? markLines(panel, colours, turned) : []).concat(whiskers.map(([low, high, at]) => [
            {
              coord: turned ? [low, at] : [at, low], lineStyle: { color: colours.ink, type: "solid", width: 1.6, opacity: .75 },
              label: { show: labelled, position: "end", distance: 3, color: colours.soft, fontSize: 11, formatter: text(one.y[keep[at]]) },
            },
            { coord: turned ? [high, at] : [at, high] },
          ])),
        }, still),
      };
    });
    const highest = Math.max(...shown.flatMap(one => (one.high ? keep.map(i => one.high[i] ?? 0) : [])));
    if (Number.isFinite(highest)) { // unseen, so that the axis reaches as far as the intervals
      option.series.push({ type: "scatter", symbolSize: 0, silent: true, tooltip: { show: false }, data: [turned ? [highest, 0] : [0, highest]] });
    }
    option.height = turned ? Math.max(160, 60 + many * (shown.length > 1 && !panel.stacked ? 15 : 24) / (panel.stacked ? shown.length : 1)) : 300;
    return option;
  }

  function lines(panel, page, colours) {
    const shown = panel.series.filter(one => !page.hidden.has(one.name));
    if (!shown.length) return null;
    const option = base(colours);
    option.xAxis = below(axis(panel.x, colours), panel.x.label);
    option.xAxis.splitLine = { show: false };
    if (!panel.x.max && !panel.x.log) Object.assign(option.xAxis, { max: "dataMax" }).axisLabel.showMaxLabel = false;
    option.yAxis = axis(panel.y, colours);
    above(option, panel.y.label, colours);
    option.grid.right = besides(panel.marks, 18);
    option.tooltip.trigger = "axis";
    option.tooltip.order = "valueDesc";
    option.series = shown.map((one, place) => ({
      type: "line", name: one.name, data: one.x.map((x, i) => [x, one.y[i]]), step: one.style === "step" ? "end" : undefined,
      showSymbol: one.style === "points" || one.x.length < 2, symbol: SYMBOLS[panel.series.indexOf(one) % SYMBOLS.length], symbolSize: 7, connectNulls: false,
      lineStyle: { width: 2, type: one.style === "dashed" || (page.byName.get(one.name) || {}).ceiling ? "dashed" : "solid" },
      itemStyle: { color: colour(one.name, panel.series.indexOf(one), page, panel.series.length) },
      emphasis: { focus: "series" },
      markLine: Object.assign({ data: place === 0 ? markLines(panel, colours) : [] }, still),
    }));
    return option;
  }

  function scatter(panel, page, colours) {
    const shown = panel.series.filter(one => !page.hidden.has(one.name));
    if (!shown.length) return null;
    const option = base(colours);
    option.xAxis = below(axis(panel.x, colours), panel.x.label);
    option.yAxis = axis(panel.y, colours);
    above(option, panel.y.label, colours);
    option.tooltip.trigger = "item";
    option.tooltip.formatter = at => escaped(at.seriesName) + (at.data.name ? " " + escaped(at.data.name) : "") + "<br>" + escaped(panel.x.label) + ": " + text(at.value[0]) + "<br>" + escaped(panel.y.label) + ": " + text(at.value[1]);
    option.series = shown.map((one, place) => ({
      type: "scatter", name: one.name, symbol: SYMBOLS[panel.series.indexOf(one) % SYMBOLS.length], symbolSize: one.x.length > 60 ? 4 : 9,
      data: one.x.map((x, i) => ({ value: [x, one.y[i]], name: one.labels[i] || "" })),
      itemStyle: { color: colour(one.name, panel.series.indexOf(one), page, panel.series.length), opacity: one.x.length > 60 ? .6 : .95 },
      label: { show: one.labels.length > 0, position: "right", formatter: at => short(at.data.name), color: colours.soft, fontSize: 11 },
      labelLayout: { hideOverlap: true }, emphasis: { focus: "series" },
      markArea: panel.box && place === 0 ? {
        silent: true, itemStyle: { color: page.dark ? "rgba(127,211,160,.12)" : "rgba(20,113,61,.08)", borderColor: page.dark ? "#7fd3a0" : "#14713d", borderType: "dashed", borderWidth: 1 },
        label: { show: true, position: "insideTopLeft", color: colours.soft, fontSize: 11 },
        data: [[{ name: panel.box.label, coord: [panel.x.log ? panel.x.min || 1e-3 : 0, panel.y.log ? panel.y.min || 1e-3 : 0] }, { coord: [panel.box.x, panel.box.y] }]],
      } : undefined,
    }));
    return option;
  }

  function histogram(panel, page, colours) {
    const shown = panel.series.filter(one => !page.hidden.has(one.name));
    if (!shown.length) return null;
    const option = base(colours);
    option.xAxis = below(axis(panel.x, colours), panel.x.label);
    option.xAxis.splitLine = { show: false };
    Object.assign(option.xAxis.axisLabel, { showMinLabel: false, showMaxLabel: false });
    option.xAxis.min = panel.edges[0];
    option.xAxis.max = panel.edges[panel.edges.length - 1];
    option.yAxis = axis(panel.y, colours);
    above(option, panel.y.label, colours);
    option.grid.top = panel.marks.length ? 52 : 34;
    option.tooltip.trigger = "axis";
    option.series = shown.map((one, place) => ({
      type: "line", step: "end", name: one.name, showSymbol: false, data: panel.edges.map((edge, i) => [edge, one.y[Math.min(i, one.y.length - 1)]]),
      lineStyle: { width: 1 }, areaStyle: { opacity: shown.length > 1 ? .25 : .55 }, itemStyle: { color: colour(one.name, panel.series.indexOf(one), page, panel.series.length) },
      markLine: Object.assign({ data: place === 0 ? staggered(markLines(panel, colours)) : [] }, still),
    }));
    return option;
  }

  // Labels of upright marks stand above each other, since p95 and p99 are often side by side.
  const staggered = marks => marks.map((mark, i) => Object.assign(mark, { label: Object.assign(mark.label, { distance: [0, 4 + 12 * (marks.length - 1 - i)] }) }));

  const KINDS = { bars, lines, scatter, histogram };

  function draw(place, panel, page) {
    const option = KINDS[panel.kind](panel, page, look(page.dark), place.clientWidth);
    const known = echarts.getInstanceByDom(place);
    place.classList.toggle("empty", !option);
    if (!option) {
      if (known) known.dispose();
      place.textContent = "No policy is shown";
      return;
    }
    const height = (option.height || 300) + "px";
    delete option.height;
    if (!known) place.textContent = "";
    const resized = place.style.height !== height;
    place.style.height = height;
    const chart = known || echarts.init(place, null, { renderer: "svg" });
    if (known && resized) chart.resize();
    chart.setOption(option, true);
  }

  return { draw, colour, text };
})();
