"""The look of the web page: the document's colors, readable on a phone and on paper."""

STYLE = """\
:root { --ink: #1a1a1a; --navy: #1f3864; --quiet: #4a4f57; --rule: #8a93a3; --fill: #e9eef5;
  --band: #f6f8fb; --amber: #fff4d6; --edge: #8a5a00; --link: #1f4e8c; }
* { box-sizing: border-box; }
html { color-scheme: light; -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; color: var(--ink); background: #fff;
  font: 1.0625rem/1.55 Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
header, main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1rem; color: var(--quiet); font-size: 0.95rem;
  border-bottom: 1px solid var(--rule); }
header p { margin: 0 0 0.5rem; }
footer { margin-top: 3rem; padding-top: 0.75rem; padding-bottom: 2rem; color: var(--quiet);
  border-top: 1px solid var(--rule); font-size: 0.95rem; }
main:focus { outline: none; }
main { overflow-wrap: break-word; padding-top: 1.5rem; }
.skip { position: absolute; left: -999rem; padding: 0.5rem 1rem; background: var(--navy);
  color: #fff; }
.skip:focus { left: 0; top: 0; z-index: 2; }
.mark { display: inline-block; margin: 0 0 0.5rem; padding: 0.1rem 0.6rem; font-weight: 700;
  letter-spacing: 0.08em; color: var(--edge); border: 2px solid var(--edge); }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1, h2, h3, h4, h5 { color: var(--navy); line-height: 1.25; margin: 2rem 0 0.6rem;
  break-after: avoid; }
h1 { font-size: 2.3rem; padding-bottom: 0.6rem; border-bottom: 3px solid var(--navy); }
h2 { font-size: 1.65rem; margin-top: 3rem; padding-bottom: 0.3rem;
  border-bottom: 1px solid var(--navy); }
h3 { font-size: 1.3rem; }
h4 { font-size: 1.12rem; }
h5 { font-size: 1.0625rem; }
.number { margin-right: 0.35em; }
p { margin: 0 0 0.75rem; }
.subtitle { font-size: 1.25rem; color: var(--navy); }
.lead { font-size: 1.2rem; color: var(--navy); }
.status { padding: 0.5rem 0.8rem; font-weight: 700; color: var(--navy); background: var(--fill);
  border-left: 5px solid var(--navy); }
.runin, .prompt { margin: 1.25rem 0 0.25rem; font-weight: 700; color: var(--navy);
  break-after: avoid; }
.source, .note { color: var(--quiet); }
.note { font-style: italic; }
ul, ol { margin: 0 0 0.9rem; padding-left: 1.6rem; }
li { margin-bottom: 0.25rem; }
li > p { margin-bottom: 0.25rem; }
nav ul { list-style: none; padding-left: 0; }
nav ul ul { padding-left: 1.5rem; }
nav > ul > li { margin-top: 0.5rem; font-weight: 700; }
nav ul ul li { font-weight: 400; }
@media (min-width: 48rem) { nav > ul { columns: 2; column-gap: 2.5rem; }
  nav > ul > li { break-inside: avoid-column; margin-top: 0; padding-top: 0.5rem; } }
.wide { overflow-x: auto; margin: 1.25rem 0 1.5rem; }
.wide + .source { margin-top: -1.1rem; }
table { border-collapse: collapse; width: 100%; line-height: 1.4;
  border-top: 2px solid var(--navy); border-bottom: 2px solid var(--navy); }
caption { text-align: left; color: var(--navy); font-weight: 700; padding: 0 0 0.4rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; font-weight: 400;
  border-bottom: 1px solid var(--rule); min-width: 4.5rem; }
thead th { color: var(--navy); background: var(--fill); font-weight: 700; vertical-align: bottom;
  border-bottom: 2px solid var(--navy); }
tbody tr:nth-child(even) { background: var(--band); }
.dense th, .dense td { padding-top: 0.2rem; padding-bottom: 0.2rem; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.center { text-align: center; }
.form th, .form td { border: 1px solid var(--rule); }
.form th { font-weight: 700; color: var(--navy); }
figure { margin: 1.5rem 0; break-inside: avoid; overflow-x: auto; }
figure svg, figure img { display: block; max-width: 100%; height: auto; }
figure svg { width: 100%; min-width: 34rem; }
figcaption { margin-top: 0.4rem; color: var(--navy); font-weight: 700; }
.box { margin: 1.25rem 0; padding: 0.75rem 1rem; background: var(--band);
  border-left: 5px solid var(--navy); break-inside: avoid; }
.box.notice { background: var(--fill); }
.box.caution { background: var(--amber); border-left-color: var(--edge); }
.box > :last-child { margin-bottom: 0; }
.boxtitle { margin-bottom: 0.3rem; font-weight: 700; color: var(--navy); }
.gap { padding: 0.6rem 0.9rem; background: var(--amber); border: 1px solid var(--edge);
  border-left-width: 7px; break-inside: avoid; }
@media (max-width: 40rem) { body { font-size: 1rem; } h1 { font-size: 1.8rem; }
  h2 { font-size: 1.4rem; } }
@media print { @page { size: letter; margin: 1in; } body { font-size: 11pt; }
  .skip, header { display: none; } header, main, footer { max-width: none; padding: 0; }
  .page { break-before: page; } .wide, figure { overflow: visible; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; } figure svg { min-width: 0; } }
"""
