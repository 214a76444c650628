// The one stylesheet: calm, readable, light and dark, narrow and wide, on paper too.
export const STYLESHEET = `
:root {
  --paper: #fbfaf7; --ink: #1d1f23; --soft: #5b6069; --line: #dcd9d0; --card: #ffffff;
  --accent: #9c2f1f; --accent-soft: #f6e3de; --mark: #ffe9a8; --link: #1f4f8f; --ok: #2c6e49; --warn: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --ink: #e8e6e1; --soft: #a3a8b2; --line: #33373f; --card: #1d2026;
    --accent: #f0907d; --accent-soft: #3a2420; --mark: #5c4a12; --link: #8fb8f2; --ok: #7cc69b; --warn: #e0b35a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
.top, main, footer { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem; }
.top { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-top: 1.1rem; padding-bottom: .9rem; }
.brand { font-weight: 700; color: var(--ink); text-decoration: none; letter-spacing: -.01em; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; }
nav a { color: var(--soft); text-decoration: none; padding: .15rem 0; }
nav a:hover, nav a[aria-current] { color: var(--ink); border-bottom: 2px solid var(--accent); }
main { padding-top: 1rem; padding-bottom: 3rem; }
footer { border-top: 1px solid var(--line); padding-top: 1rem; padding-bottom: 2rem; color: var(--soft); font-size: .9rem; display: flex; gap: 1.2rem; flex-wrap: wrap; }
footer a { color: var(--soft); }
h1 { font-size: 1.75rem; line-height: 1.25; letter-spacing: -.015em; margin: .4rem 0 .6rem; }
h2 { font-size: 1.2rem; line-height: 1.35; margin: 2.4rem 0 .7rem; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.lede { color: var(--soft); margin: 0 0 1.4rem; max-width: 42rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .3rem .6rem; }
.event { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--accent); border-radius: .4rem; padding: 1rem 1.2rem 1rem; margin: 0 0 1rem; }
.event.possible { border-left-color: var(--warn); border-left-style: dashed; }
.event.gone { border-left-color: var(--line); opacity: .8; }
.event h3 { font-size: 1.15rem; margin: .1rem 0 .3rem; }
.event h3 a { color: var(--ink); }
.back { margin: 0 0 .6rem; font-weight: 650; color: var(--accent); font-size: 1.1rem; }
.possible .back { color: var(--warn); }
blockquote { margin: .5rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--line); }
blockquote p { margin: .2rem 0; }
.meta.coverage { margin-bottom: .9rem; }
.place { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; }
.steps { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .2rem 0 .7rem; font-size: .97rem; }
.steps dt { color: var(--soft); } .steps dd { margin: 0; }
.meta { color: var(--soft); font-size: .9rem; margin: .2rem 0; }
mark { background: var(--mark); color: inherit; padding: 0 .1em; border-radius: .15em; }
.badge { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; color: var(--soft); background: var(--paper); margin-right: .25rem; }
.badge.ok { color: var(--ok); border-color: var(--ok); } .badge.bad { color: var(--accent); border-color: var(--accent); }
.badge.warn { color: var(--warn); border-color: var(--warn); }
ul.items, ul.plain { list-style: none; padding: 0; margin: 0; }
.item { border-top: 1px solid var(--line); padding: .65rem 0; }
.item .title { font-weight: 600; color: var(--ink); text-decoration: none; }
.item .title:hover { text-decoration: underline; }
form.filters, form.signup { display: grid; gap: .7rem 1rem; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); align-items: end; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: 1rem 1.2rem; margin: 0 0 1.2rem; }
label { display: block; font-size: .88rem; color: var(--soft); }
fieldset { border: 1px solid var(--line); border-radius: .4rem; grid-column: 1 / -1; padding: .5rem 1rem .8rem; }
fieldset label { display: inline-block; margin: .1rem 1rem .1rem 0; color: var(--ink); }
input:not([type=checkbox], [type=radio]), select { width: 100%; font: inherit; font-size: 1rem; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .45rem .6rem; min-height: 2.75rem; }
button { font: inherit; font-weight: 600; color: var(--paper); background: var(--ink); border: 0; border-radius: .3rem; padding: .55rem 1.2rem; cursor: pointer; }
button:hover { background: var(--accent); }
button.quiet { color: var(--ink); background: var(--card); border: 1px solid var(--soft); }
button.quiet:hover { border-color: var(--ink); background: var(--paper); }
section.danger { border-top: 1px solid var(--line); margin-top: 2.4rem; padding-top: .6rem; }
a.danger { color: var(--accent); }
button.danger { background: var(--accent); } button.danger:hover { background: var(--ink); }
.wide { grid-column: 1 / -1; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; overflow-wrap: normal; }
td:first-child { min-width: 10rem; } time, td .badge, thead th { white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-top: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
ol.timeline { list-style: none; margin: 0; padding: 0 0 0 1rem; border-left: 2px solid var(--line); }
ol.timeline li { padding: .1rem 0 .9rem .4rem; position: relative; }
ol.timeline li::before { content: ""; position: absolute; left: -1.42rem; top: .62rem; width: .65rem; height: .65rem; border-radius: 50%; background: var(--soft); }
ol.timeline li.came-back::before { background: var(--accent); outline: 4px solid var(--accent-soft); }
ol.timeline li.quiet { color: var(--soft); font-style: italic; border-left: 2px dashed var(--soft); margin-left: -1.1rem; padding-left: 1.4rem; }
ol.timeline li.quiet::before { display: none; }
.excerpt { margin: .2rem 0; color: var(--soft); font-size: .95rem; }
.state { font-size: 1.1rem; } .links { margin: 1rem 0; }
figure { margin: 1.2rem 0; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; }
figcaption { font-weight: 600; }
svg.time-line { display: block; width: 100%; height: auto; overflow: visible; }
svg.narrow { display: none; }
.axis { stroke: var(--ink); stroke-width: 3; } .tick, .stem { stroke: var(--soft); stroke-width: 1; } .now { stroke-width: 2; }
.band { fill: var(--mark); stroke: var(--warn); stroke-width: 1; stroke-dasharray: 3 2; }
svg text { font-size: 12px; fill: var(--soft); } svg text.gap { fill: var(--ink); font-weight: 600; }
.mark.open, .mark.said { fill: var(--link); } .mark.passed { fill: var(--ok); } .mark.ended { fill: var(--ink); }
.mark.court { fill: var(--warn); } .mark.back { fill: var(--accent); }
path.mark { stroke: var(--card); stroke-width: 1; } path.mark.hollow { fill: var(--card); stroke-width: 2; }
.hollow.open, .hollow.said { stroke: var(--link); } .hollow.passed { stroke: var(--ok); } .hollow.ended { stroke: var(--ink); }
.hollow.court { stroke: var(--warn); } .hollow.back { stroke: var(--accent); }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding: 0; margin: .3rem 0; font-size: .88rem; color: var(--soft); }
svg.key { width: 1.1rem; height: 1.1rem; vertical-align: -.2rem; }
td.number { font-variant-numeric: tabular-nums; }
details { margin: .6rem 0; } summary { cursor: pointer; color: var(--soft); }
pre.mail { white-space: pre-wrap; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: 1rem; font-size: .92rem; }
iframe.mail { width: 100%; height: 46rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
.empty { color: var(--soft); border: 1px dashed var(--line); border-radius: .4rem; padding: 1.2rem; }
.languages { display: flex; gap: .8rem; margin-left: auto; }
@media (max-width: 40rem) {
  svg.broad { display: none; } svg.narrow { display: block; }
  table.stacked, .stacked tbody, .stacked tr, .stacked td, .stacked th { display: block; } .stacked thead { display: none; }
  .stacked tr { border-top: 1px solid var(--line); padding: .5rem 0; } .stacked td, .stacked th { border: 0; padding: .1rem 0; } .stacked time { white-space: normal; }
}
@media (max-width: 34rem) { body { font-size: 1rem; } .event { padding: .8rem .9rem; } h1 { font-size: 1.45rem; } }
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #999; --accent: #7d1f10; --link: #123a70; --mark: #f3e3a8; --ok: #1d5635; --warn: #6b4500; }
  nav, footer, form, .skip, .links, summary { display: none; }
  body { background: #fff; color: #000; font-size: 10.5pt; } main { max-width: none; padding: 0; }
  a { color: inherit; } ol.timeline a[href^="http"]::after, .cite a::after { content: " (" attr(href) ")"; font-size: .8em; }
  .event, ol.timeline li, figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; } .scroll { overflow: visible; }
}
`;
