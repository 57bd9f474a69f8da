// Draws what the server tells by server-sent events. Everything that comes from there is shown as text.
'use strict';

const QUIET_MS = 4000; // the server speaks each second
const RETRY_MS = 2000;
const SVG = 'http://www.w3.org/2000/svg';
const MINUS = '\u2212';
const NONE = '\u2013';
const byId = id => document.getElementById(id);

let token = '';
let colours = {};
let shown = null;
let isLost = false;

// ---- words and numbers

const whole = value => value === null || value === undefined ? NONE : Math.round(value).toLocaleString('en-GB');

function rate(value) {
  if (value === null || value === undefined) return NONE;
  return value >= 100 ? whole(value) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function millis(value) {
  if (value === null || value === undefined) return NONE;
  if (value === 0) return '0 ms';
  if (value >= 10000) return (value / 1000).toFixed(1) + ' s';
  if (value >= 1000) return (value / 1000).toFixed(2) + ' s';
  return (value >= 100 ? value.toFixed(0) : value.toFixed(1)) + ' ms';
}

function clock(ms) {
  const seconds = Math.round(ms / 1000);
  return Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
}

function put(parent, tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  parent.append(element);
  return element;
}

function draw(parent, tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

function colourOf(policy) {
  const known = Object.hasOwn(colours, policy) ? colours[policy] : null;
  return known ? (isDark() ? known.dark : known.light) : '#888888';
}

// ---- where it is

const STATES = {
  starting: 'Starting', warming_up: 'Warming up', measuring: 'Measuring', serving: 'In force:', stopping: 'Stopping;',
  done: 'The run is done.', interrupted: 'The run was stopped.', failed: 'The run could not go on.',
};

function showState(now) {
  document.title = (now.ended ? 'Done' : now.policy || 'SageBench') + ' – SageBench';
  byId('title').textContent = now.title || 'SageBench';
  byId('target').textContent = now.target;
  byId('virtual').hidden = !now.virtual_time;
  const state = byId('state');
  state.replaceChildren();
  put(state, 'span', (STATES[now.state] || now.state) + ' ');
  if (now.policy && !now.ended) {
    put(state, 'span', undefined, 'chip').style.background = colourOf(now.policy);
    put(state, 'strong', now.policy).id = 'policy';
  }
  if (now.detail) put(state, 'span', (now.policy && !now.ended ? ': ' : '') + now.detail);
  showPosition(now);
  byId('whose').textContent = now.kind === 'control_plane'
    ? 'Times are those the control plane sees itself; what is in flight and queued is looked at while somebody watches.'
    : 'Times are those of the load generator, from the moment a request was meant to leave.';
}

function showPosition(now) {
  const position = now.position;
  byId('progress').hidden = !position;
  if (!position) return;
  const parts = [];
  if (position.turns > 1) parts.push('measurement ' + position.turn + ' of ' + position.turns);
  if (position.repeats > 1) parts.push('repeat ' + position.repeat + ' of ' + position.repeats);
  if (position.point) parts.push(position.point + ' (' + position.points_ended + (position.points ? ' of ' + position.points : '') + ' done)');
  parts.push(whole(position.ended) + (position.requests === null ? '' : ' of ' + whole(position.requests)) + ' requests');
  if (position.left_ms !== null && !now.ended) parts.push('about ' + clock(position.left_ms) + ' left of this one');
  byId('position').textContent = parts.join(' · ');
  const share = position.requests ? Math.min(1, position.ended / position.requests) : null;
  byId('bar').hidden = share === null;
  if (share !== null) {
    byId('filled').style.width = 100 * share + '%';
    byId('bar').setAttribute('aria-valuenow', Math.round(100 * share));
  }
}

// ---- now

function tile(name, value, unit, more, id) {
  const box = document.createElement('div');
  box.className = 'tile';
  put(box, 'div', name, 'name');
  const figure = put(box, 'div', value, 'value');
  figure.id = id;
  if (unit && value !== NONE) put(figure, 'span', ' ' + unit, 'unit');
  const rest = put(box, 'div', undefined, 'more');
  if (Array.isArray(more)) for (const part of more) {
    put(rest, 'span', part, 'whole');
    rest.append(' ');
  }
  else put(rest, 'span', more || '\u00a0');
  return box;
}

const tail = latency => latency ? ['p95 ' + millis(latency.p95), 'p99 ' + millis(latency.p99)] : '';

function showTiles(now) {
  const rates = now.rates || {};
  const serving = now.kind === 'control_plane';
  const tiles = [
    tile('Throughput', rate(rates.requests_per_second), 'requests/s', whole(now.counts.completed) + ' completed', 'throughput'),
    tile('Goodput', rate(rates.goodput_rps), 'requests/s',
      now.counts.met === null ? '' : whole(now.counts.met) + ' kept their promises', 'goodput'),
    tile('Errors', rate(rates.errors_per_second), 'per second', whole(now.counts.errors) + ' in all', 'errors'),
    tile('Output', rate(rates.output_tokens_per_second), 'tokens/s', '', 'tokens'),
    tile('TTFT, median', millis(now.ttft_ms && now.ttft_ms.p50), '', tail(now.ttft_ms), 'ttft'),
    tile('TPOT, median', millis(now.tpot_ms && now.tpot_ms.p50), '', tail(now.tpot_ms), 'tpot'),
    tile(serving ? 'On engines' : 'In flight', whole(now.counts.in_flight), 'requests', '', 'in-flight'),
    tile('Queue', whole(now.counts.queued), 'requests', now.counts.queued === null && !now.ended ? 'the target does not say' : '', 'queue'),
  ];
  tiles.find(box => box.querySelector('#errors')).querySelector('.value').classList.toggle('bad', rates.errors_per_second > 0);
  byId('tiles').replaceChildren(...tiles);
}

// ---- the last minutes

/// One chart: lines over the same seconds, with a strip below that says which policy was in force.
class Chart {
  constructor(title, lines, format, live) {
    this.lines = lines;
    this.format = format;
    this.live = live;
    this.figure = put(byId('charts'), 'figure');
    this.caption = put(this.figure, 'figcaption');
    put(this.caption, 'strong', title);
    this.keys = lines.map(line => this.key(line));
    this.svg = draw(this.figure, 'svg', {role: 'img', tabindex: 0});
    this.readout = put(this.figure, 'div', undefined, 'readout');
    this.title = title;
    this.cursor = null;
    this.svg.addEventListener('pointermove', event => this.point(event));
    this.svg.addEventListener('pointerleave', () => this.moveTo(null));
    this.svg.addEventListener('keydown', event => this.step(event));
    new ResizeObserver(() => this.show(this.series)).observe(this.svg);
  }

  key(line) {
    const key = put(this.caption, 'span', undefined, 'key');
    const mark = draw(key, 'svg', {viewBox: '0 0 26 10', 'aria-hidden': true});
    draw(mark, 'path', {d: 'M1 5H25', class: 'plotted ' + line.look});
    return put(key, 'span', line.name);
  }

  show(series) {
    this.series = series;
    this.svg.replaceChildren();
    if (!series) return;
    const box = this.svg.getBoundingClientRect();
    const wide = Math.max(200, box.width), high = Math.max(120, box.height);
    const count = series.policy.length;
    const values = this.lines.map(line => {
      const all = series[line.series];
      return line.perSecond ? all.slice(0, -1) : all; // the second under way is not over
    });
    const top = niceTop(Math.max(0, ...values.flat().filter(value => value !== null)));
    const left = 54, right = wide - 8, upper = 8, lower = high - 34;
    this.svg.setAttribute('viewBox', '0 0 ' + wide + ' ' + high);
    // the last five minutes, or all there is, but at least a minute
    const span = Math.max(60, count) - 1;
    const x = index => right - (count - 1 - index) / span * (right - left);
    const y = value => lower - value / top * (lower - upper);
    this.x = x; this.count = count; this.left = left; this.right = right; this.span = span;
    for (let i = 0; i <= 4; i++) {
      const value = top * i / 4;
      draw(this.svg, 'line', {x1: left, x2: right, y1: y(value), y2: y(value), class: i ? 'grid' : 'axis'});
      draw(this.svg, 'text', {x: left - 6, y: y(value) + 4, 'text-anchor': 'end'}, this.format(value));
    }
    this.times(x, lower, span);
    this.policies(series, x, lower);
    this.lines.forEach((line, i) => {
      draw(this.svg, 'path', {d: path(values[i], x, y), class: 'plotted ' + line.look});
      draw(this.svg, 'path', {d: dots(values[i], x, y), class: line.look + ' dot'});
    });
    if (values.every(all => all.every(value => value === null))) {
      draw(this.svg, 'text', {x: (left + right) / 2, y: (upper + lower) / 2, 'text-anchor': 'middle'}, 'nothing yet');
    }
    const last = values.map(all => latestOf(all));
    this.keys.forEach((key, i) => { key.textContent = this.lines[i].name + ' ' + (last[i] === null ? NONE : this.format(last[i])); });
    this.svg.setAttribute('aria-label', this.title + ': ' + this.keys.map(key => key.textContent).join(', '));
    this.drawCursor(values, upper, lower);
  }

  times(x, lower, span) {
    const step = span > 200 ? 60 : span > 100 ? 30 : 15;
    for (let ago = 0; ago <= span; ago += step) {
      const at = x(this.count - 1 - ago);
      const text = ago === 0 ? (shown && shown.ended ? 'end' : 'now') : span > 100 && ago % 60 === 0 ? MINUS + ago / 60 + ' min' : MINUS + ago + ' s';
      draw(this.svg, 'text', {x: at, y: lower + 28, 'text-anchor': ago === 0 ? 'end' : 'middle'}, text);
    }
  }

  policies(series, x, lower) {
    let from = 0;
    for (let i = 1; i <= series.policy.length; i++) {
      if (i < series.policy.length && series.policy[i] === series.policy[from]) continue;
      const begin = x(Math.max(0, from - 0.5)), end = x(Math.min(series.policy.length - 1, i - 0.5));
      if (series.policy[from]) {
        const band = draw(this.svg, 'rect', {x: begin, y: lower + 5, width: Math.max(1, end - begin), height: 6, fill: colourOf(series.policy[from])});
        draw(band, 'title', {}, series.policy[from]);
      }
      from = i;
    }
  }

  drawCursor(values, upper, lower) {
    if (this.cursor === null || !this.series) { this.readout.textContent = ''; return; }
    const ago = this.cursor;
    const index = this.count - 1 - ago;
    if (index < 0) { this.readout.textContent = ''; return; }
    draw(this.svg, 'line', {x1: this.x(index), x2: this.x(index), y1: upper, y2: lower, class: 'cursor'});
    const figures = this.lines.map((line, i) => {
      const value = values[i][index];
      return line.name + ' ' + (value === null || value === undefined ? NONE : this.format(value));
    });
    const policy = this.series.policy[index];
    this.readout.textContent = (ago === 0 ? 'now' : ago + (shown && shown.ended ? ' s before the end' : ' s ago')) + (policy ? ', ' + policy : '') + ': ' + figures.join(', ');
  }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    if (!this.series) return;
    const share = (this.right - (event.clientX - box.left)) / (this.right - this.left);
    this.moveTo(Math.round(share * this.span));
  }

  step(event) {
    const by = {ArrowLeft: 1, ArrowRight: -1, PageUp: 10, PageDown: -10}[event.key];
    if (event.key === 'Escape') this.moveTo(null);
    if (!by) return;
    event.preventDefault();
    this.moveTo((this.cursor === null ? 0 : this.cursor) + by);
  }

  moveTo(ago) {
    this.cursor = ago === null || !this.series ? null : Math.max(0, Math.min(this.count - 1, ago));
    this.show(this.series);
  }
}

function niceTop(most) {
  if (!(most > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find(times => times * unit >= most) * unit;
}

function path(values, x, y) {
  let text = '', open = false;
  values.forEach((value, i) => {
    if (value === null) { open = false; return; }
    text += (open ? 'L' : 'M') + x(i).toFixed(1) + ' ' + y(value).toFixed(1);
    open = true;
  });
  return text;
}

/// Values that no line leads to or from.
function dots(values, x, y) {
  const isAlone = i => values[i] !== null && (i === 0 || values[i - 1] === null) && (i + 1 >= values.length || values[i + 1] === null);
  return values.map((value, i) => isAlone(i) ? 'M' + x(i).toFixed(1) + ' ' + y(value).toFixed(1) + 'h0.01' : '').join('');
}

function latestOf(values) {
  return values.length ? values[values.length - 1] : null;
}

let charts = [];

function makeCharts(now) {
  if (charts.length) return;
  const latency = name => ['p50', 'p95', 'p99'].map((p, i) => ({name: p, series: name + '_' + p + '_ms', look: 's' + (i + 1)}));
  charts = [
    new Chart('Requests per second', [
      {name: 'completed', series: 'completed', look: 's1', perSecond: true},
      {name: 'goodput', series: 'met', look: 's4', perSecond: true},
      {name: 'errors', series: 'errors', look: 's3', perSecond: true}], value => String(Math.round(value * 100) / 100)),
    new Chart(now.kind === 'control_plane' ? 'On engines and in the queue' : 'In flight and in the queue', [
      {name: now.kind === 'control_plane' ? 'on engines' : 'in flight', series: 'in_flight', look: 's1'},
      {name: 'queued', series: 'queued', look: 's2'}], value => String(Math.round(value * 100) / 100)),
    new Chart('Time to first token', latency('ttft'), millis),
    new Chart('Time per output token', latency('tpot'), millis),
  ];
}

/// What the colours below the charts mean, where there are several.
function showLegend(now) {
  const policies = [...new Set(now.series ? now.series.policy : [])].filter(policy => policy);
  const legend = byId('legend');
  legend.hidden = policies.length < 2;
  legend.replaceChildren();
  put(legend, 'span', 'Below the charts:');
  for (const policy of policies) {
    const name = put(legend, 'span');
    put(name, 'span', undefined, 'chip').style.background = colourOf(policy);
    put(name, 'span', policy);
  }
}

// ---- tables

function showMeasured(now) {
  byId('measured-panel').hidden = now.measured.length === 0;
  const anywhere = now.measured.some(figures => figures.where);
  document.querySelector('.where').hidden = !anywhere;
  const rows = now.measured.map(figures => {
    const row = document.createElement('tr');
    const name = put(row, 'td', undefined, 'text');
    put(name, 'span', undefined, 'chip').style.background = colourOf(figures.policy);
    put(name, 'span', figures.policy);
    if (figures.under_way) put(name, 'span', ' (under way)', 'muted');
    if (anywhere) put(row, 'td', figures.where, 'text');
    const seconds = figures.span_ms / 1000;
    put(row, 'td', whole(figures.counts.completed));
    put(row, 'td', whole(figures.counts.errors), figures.counts.errors ? 'bad' : '');
    put(row, 'td', seconds > 0 ? rate(figures.counts.completed / seconds) : NONE);
    put(row, 'td', seconds > 0 && figures.counts.met !== null ? rate(figures.counts.met / seconds) : NONE);
    for (const latency of [figures.ttft_ms, figures.tpot_ms]) {
      put(row, 'td', millis(latency && latency.p50));
      put(row, 'td', millis(latency && latency.p99));
    }
    return row;
  });
  byId('measured').replaceChildren(...rows);
}

function showInstances(now) {
  byId('instances-panel').hidden = now.instances.length === 0;
  const measured = now.instances.some(engine => engine.ttft_ms);
  document.querySelectorAll('.by-engine').forEach(head => { head.hidden = !measured; });
  const rows = now.instances.map(engine => {
    const row = document.createElement('tr');
    put(row, 'td', engine.id, 'text');
    const state = put(row, 'td', engine.state || 'not told', engine.state ? (engine.in_service ? 'good' : 'bad') : 'muted');
    if (engine.reason) put(state, 'span', ' (' + engine.reason + ')', 'muted');
    put(row, 'td', whole(engine.running));
    put(row, 'td', whole(engine.completed));
    put(row, 'td', whole(engine.failed), engine.failed ? 'bad' : '');
    if (measured) {
      put(row, 'td', millis(engine.ttft_ms && engine.ttft_ms.p50));
      put(row, 'td', millis(engine.ttft_ms && engine.ttft_ms.p99));
    }
    return row;
  });
  byId('instances').replaceChildren(...rows);
}

function showNotes(now) {
  byId('notes-panel').hidden = now.notes.length === 0;
  byId('notes').replaceChildren(...now.notes.map(note => {
    const item = document.createElement('li');
    item.textContent = note;
    return item;
  }));
}

function show(now) {
  shown = now;
  if (document.hidden) return;
  showState(now);
  showTiles(now);
  makeCharts(now);
  showLegend(now);
  charts.forEach(chart => chart.show(now.series));
  showMeasured(now);
  showInstances(now);
  showNotes(now);
  if (now.kind === 'control_plane') offerPolicies();
}

// ---- another policy

let offered = false;
let rules = {};

const withToken = value => value ? {Authorization: 'Bearer ' + value} : {};

async function offerPolicies() {
  if (offered) return;
  offered = true;
  try {
    const answer = await fetch('admin/policies', {headers: withToken(token), cache: 'no-store'});
    if (!answer.ok) throw new Error(answer.status);
    const all = await answer.json();
    for (const policy of all.policies) {
      rules[policy.name] = policy.rule;
      const option = put(byId('switch-policy'), 'option', policy.name);
      option.value = policy.name;
      option.selected = policy.name === all.active;
    }
    showRule();
    byId('switch-panel').hidden = false;
  } catch {
    offered = false; // asked again with the next snapshot
  }
}

function showRule() {
  byId('switch-rule').textContent = rules[byId('switch-policy').value] || '';
}

async function switchPolicy(event) {
  event.preventDefault();
  const said = byId('switch-said');
  const policy = byId('switch-policy').value;
  said.className = '';
  said.textContent = 'Asking for ' + policy + ' \u2026';
  try {
    const answer = await fetch('admin/set_policy', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', ...withToken(byId('switch-token').value || token)},
      body: JSON.stringify({policy}),
    });
    const body = await answer.json();
    said.className = answer.ok ? 'good' : 'bad';
    said.textContent = answer.ok
      ? body.policy + ' is in force (epoch ' + body.epoch + ').' + (body.degraded ? ' It falls short of its rule here: ' + body.degraded : '')
      : 'Refused (' + answer.status + '): ' + (body.error && body.error.message || 'the server does not say why');
  } catch {
    said.className = 'bad';
    said.textContent = 'The server did not answer; the policy may not have changed.';
  }
}

// ---- the connection

function connection(look, text) {
  const pill = byId('connection');
  isLost = look === 'lost';
  pill.className = 'pill ' + look;
  if (pill.textContent !== text) pill.textContent = text;
  byId('main').classList.toggle('stale', isLost);
}

const pause = ms => new Promise(done => setTimeout(done, ms));

async function askForToken(answer) {
  let why = 'This server shows its figures to programs on its own machine, and to others with its admin token';
  try {
    why = (await answer.json()).error.message;
  } catch { /* it did not say */ }
  byId('refusal').textContent = (token ? 'The token was refused: ' : 'This server says: ') + why + '.';
  byId('letin').hidden = false;
  byId('main').hidden = true;
  connection('', 'needs a token');
  byId('letin-token').focus();
  await new Promise(done => byId('letin').addEventListener('submit', event => {
    event.preventDefault();
    token = byId('letin-token').value;
    byId('letin-token').value = '';
    done();
  }, {once: true}));
  byId('letin').hidden = true;
  byId('main').hidden = false;
}

/// Reads events until the server ends; returns whether there will be no more.
async function read(response, alive) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return false;
    alive();
    text += decoder.decode(value, {stream: true});
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = {};
      for (const line of text.slice(0, end).split('\n')) {
        const colon = line.indexOf(': ');
        event[line.slice(0, colon)] = line.slice(colon + 2);
      }
      text = text.slice(end + 2);
      if (take(event.event, JSON.parse(event.data))) return true;
    }
  }
}

function take(kind, data) {
  if (kind === 'hello') {
    colours = data.colours;
    return false;
  }
  connection('live', 'live');
  show(data);
  if (kind === 'end' && data.ended) {
    connection('ended', 'ended');
    return true;
  }
  return false;
}

async function watch() {
  for (;;) {
    const broken = new AbortController();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => broken.abort(), QUIET_MS);
    };
    try {
      alive();
      const response = await fetch('dashboard/events', {headers: withToken(token), cache: 'no-store', signal: broken.signal});
      if (response.status === 403) {
        clearTimeout(timer);
        await askForToken(response);
        continue;
      }
      if (response.ok && await read(response, alive)) return;
    } catch { /* told below */ } finally {
      clearTimeout(timer);
    }
    connection('lost', 'connection lost, trying again');
    await pause(RETRY_MS);
  }
}

byId('switch').addEventListener('submit', switchPolicy);
byId('switch-policy').addEventListener('change', showRule);
byId('theme').addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  if (shown) show(shown);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown && show(shown));
document.addEventListener('visibilitychange', () => shown && !document.hidden && show(shown));
watch();
