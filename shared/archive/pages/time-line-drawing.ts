// A dossier's time line as a picture: time to scale, quiet spells as bands with their days, a mark per step. SVG without a style or a script.
import { html } from "hono/html";
import type { Html } from "./layout.ts";
import { capitalised, dayIn, daysIn, type Reader } from "./reader.ts";
import { type Mark, markOf, type Silence, type Step } from "./time-line.ts";

const MARGIN = 16;
/** Above the highest mark: room for the days of the silences. */
const ABOVE = 42;
/** Below the line: room for the years. */
const BELOW = 36;
/** From one lane of marks to the next. */
const LANE = 15;
/** Marks nearer than this stand above each other. */
const APART = 13;
const LANES = 4;
/** About the width of a letter of a label. */
const LETTER = 6.6;

const fixed = (value: number): string => String(Math.round(value * 10) / 10);

/** The shape of each kind, so that colour is never all that tells them apart. */
const SHAPES: Readonly<Record<Mark, (x: number, y: number) => string>> = {
  open: (x, y) => circle(x, y, 5),
  said: (x, y) => circle(x, y, 3.2),
  passed: (x, y) => `M${fixed(x - 5)} ${fixed(y - 5)}h10v10h-10z`,
  ended: (x, y) =>
    `M${fixed(x - 5)} ${fixed(y - 2.5)}l2.5 -2.5l2.5 2.5l2.5 -2.5l2.5 2.5l-2.5 2.5l2.5 2.5l-2.5 2.5l-2.5 -2.5l-2.5 2.5l-2.5 -2.5l2.5 -2.5z`,
  court: (x, y) => `M${fixed(x)} ${fixed(y - 6)}l6 11h-12z`,
  back: (x, y) => `M${fixed(x)} ${fixed(y - 8)}l8 8l-8 8l-8 -8z`,
};

function circle(x: number, y: number, r: number): string {
  return `M${fixed(x - r)} ${fixed(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

interface Scale {
  readonly x: (at: string) => number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

function scaleOf(steps: readonly Step[], now: Date, width: number): Scale {
  const from = Date.parse(steps[0]?.at ?? now.toISOString());
  const to = Math.max(now.getTime(), Date.parse(steps.at(-1)?.at ?? now.toISOString()), from + 1);
  const x = (at: string) => MARGIN + ((Date.parse(at) - from) / (to - from)) * (width - 2 * MARGIN);
  return { x, width, from, to };
}

/** As many years as have room for their four digits. */
function years({ x, width, from, to }: Scale, base: number): Html[] {
  const first = new Date(from).getUTCFullYear() + 1;
  const last = new Date(to).getUTCFullYear();
  const room = Math.max(1, Math.floor((width - 2 * MARGIN) / 44));
  const every = Math.max(1, Math.ceil((last - first + 1) / room));
  const ticks: Html[] = [];
  for (let year = first; year <= last; year += every) {
    const at = x(`${year}-01-01T00:00:00.000Z`);
    if (at > width - MARGIN - 2) continue;
    ticks.push(
      html`<path class="tick" d="M${fixed(at)} ${base + 8}v6"/><text class="year" x="${fixed(at)}" y="${base + 28}" text-anchor="middle">${year}</text>`,
    );
  }
  return ticks;
}

interface Label {
  readonly text: string;
  readonly x: number;
  readonly half: number;
}

/** The longest silences first; a label that has no room is left to the list below the picture. */
function labelsOf(silences: readonly Silence[], scale: Scale, reader: Reader): Label[] {
  const placed: Label[] = [];
  for (const silence of [...silences].sort((a, b) => b.days - a.days)) {
    const text = daysIn(reader, silence.days);
    const half = (text.length * LETTER) / 2;
    const middle = (scale.x(silence.from) + scale.x(silence.to)) / 2;
    const x = Math.min(Math.max(middle, half + 2), scale.width - half - 2);
    if (placed.every((other) => Math.abs(other.x - x) > other.half + half + 6))
      placed.push({ text, x, half });
  }
  return placed;
}

interface Placed {
  readonly step: Step;
  readonly mark: Mark;
  readonly x: number;
  readonly lane: number;
}

/** Each in the lowest lane that has room; of many alike at one place, as many as there are lanes. */
function placedMarks(steps: readonly Step[], { x }: Scale): Placed[] {
  const ends = Array.from({ length: LANES }, () => Number.NEGATIVE_INFINITY);
  const placed: Placed[] = [];
  for (const step of steps) {
    const at = x(step.at);
    const mark = markOf(step);
    const free = ends.findIndex((end) => at - end >= APART);
    if (free === -1 && mark !== "back") continue;
    const lane = free === -1 ? LANES - 1 : free;
    ends[lane] = at;
    placed.push({ step, mark, x: at, lane });
  }
  return placed;
}

function drawMark({ step, mark, x, lane }: Placed, base: number, reader: Reader): Html {
  const y = base - lane * LANE;
  const said = `${dayIn(reader, step.at)}${reader.mail.colon} ${reader.mail.stages[step.stage]}`;
  const stem = lane === 0 ? "" : html`<path class="stem" d="M${fixed(x)} ${base}V${fixed(y)}"/>`;
  const hollow = step.reportedBy === "press" ? " hollow" : "";
  return html`${stem}<path class="mark ${mark}${hollow}" d="${SHAPES[mark](x, y)}"><title>${said}</title></path>`;
}

export interface Drawing {
  readonly steps: readonly Step[];
  readonly silences: readonly Silence[];
  readonly now: Date;
}

function draw({ steps, silences, now }: Drawing, reader: Reader, width: number, look: string) {
  const scale = scaleOf(steps, now, width);
  const end = fixed(width - MARGIN);
  const marks = placedMarks(steps, scale);
  const base = ABOVE + Math.max(0, ...marks.map(({ lane }) => lane)) * LANE;
  const bands = silences.map(
    ({ from, to }) =>
      html`<rect class="band" x="${fixed(scale.x(from))}" y="${base - 6}" width="${fixed(Math.max(1, scale.x(to) - scale.x(from)))}" height="12"/>`,
  );
  const labels = labelsOf(silences, scale, reader).map(
    ({ text, x }) =>
      html`<text class="gap" x="${fixed(x)}" y="16" text-anchor="middle">${text}</text>`,
  );
  return html`<svg class="time-line ${look}" viewBox="0 0 ${width} ${base + BELOW}" role="img" aria-label="${spoken({ steps, silences, now }, reader)}">
<path class="axis" d="M${MARGIN} ${base}H${end}"/>${bands}${years(scale, base)}<path class="tick now" d="M${end} ${base - 12}v24"/>
${labels}${marks.map((placed) => drawMark(placed, base, reader))}</svg>`;
}

/** What the picture shows, for who does not see it: how much, from when to when, and the longest silence. */
export function spoken({ steps, silences, now }: Drawing, reader: Reader): string {
  const { say } = reader;
  const from = steps[0]?.at ?? now.toISOString();
  const [longest] = [...silences].sort((a, b) => b.days - a.days);
  const drawn = say.dossier.drawn(dayIn(reader, from), dayIn(reader, now), steps.length);
  if (longest === undefined) return drawn;
  const { days, from: since, to } = longest;
  return `${drawn} ${say.dossier.longest(daysIn(reader, days), dayIn(reader, since), dayIn(reader, to))}`;
}

const ORDER: readonly Mark[] = ["back", "open", "passed", "ended", "court", "said"];

function legend({ steps, silences }: Drawing, { say }: Reader): Html {
  const shown = new Set(steps.map(markOf));
  const key = (look: string, path: string, text: string) =>
    html`<li><svg class="key" viewBox="0 0 18 18" aria-hidden="true"><path class="${look}" d="${path}"/></svg> ${text}</li>`;
  return html`<ul class="legend">${ORDER.filter((mark) => shown.has(mark)).map((mark) =>
    key(`mark ${mark}`, SHAPES[mark](9, 9), say.dossier.marks[mark]),
  )}${silences.length === 0 ? "" : key("band", "M1 4h16v10h-16z", say.dossier.quietBand)}${
    steps.some(({ reportedBy }) => reportedBy === "press")
      ? key("mark open hollow", SHAPES.open(9, 9), say.dossier.hollow)
      : ""
  }</ul>`;
}

/** Twice, for a wide window and for a narrow one: letters are the same size in both, and only one is shown. */
export function timeLineFigure(drawing: Drawing, reader: Reader): Html {
  if (drawing.steps.length === 0) return html``;
  return html`<figure><figcaption>${capitalised(reader, reader.say.dossier.drawing)}</figcaption>
${draw(drawing, reader, 820, "broad")}${draw(drawing, reader, 340, "narrow")}
${legend(drawing, reader)}<p class="meta">${spoken(drawing, reader)}</p></figure>`;
}
