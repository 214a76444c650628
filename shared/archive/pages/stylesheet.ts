// Pages: the one stylesheet, and the icon. A string, so that a bundle needs no file beside it.

/** Light and dark by the reader's setting, narrow and wide, and on paper. Contrast is 4.5:1 at least. */
export const STYLESHEET = `
:root{color-scheme:light dark;--paper:#faf9f6;--card:#fff;--ink:#1d1c1a;--soft:#5f5b54;--line:#e2ded5;--link:#17507d;
--back:#a3310f;--back-tint:#fbeee8;--maybe:#6b5a10;--maybe-tint:#f7f2dc;--mark:#ffe9a8;--mark-ink:#1d1c1a;--ok:#25693f;--bad:#a3310f;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,"Liberation Serif",serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif}
@media(prefers-color-scheme:dark){:root{--paper:#16171a;--card:#1e2024;--ink:#e9e6df;--soft:#a5a099;--line:#34363b;--link:#8fc0ea;
--back:#f29a78;--back-tint:#33221b;--maybe:#dcc66a;--maybe-tint:#2b281a;--mark:#6a5512;--mark-ink:#fff6d8;--ok:#7fcb9a;--bad:#f29a78}}
*{box-sizing:border-box}
html{font:400 17px/1.55 var(--sans);background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:50rem;padding:0 1.1rem;overflow-wrap:break-word}
h1,h2,h3{font-family:var(--serif);line-height:1.22;font-weight:600;text-wrap:balance;margin:0}
h1{font-size:1.85rem;margin:.4rem 0 .5rem}h2{font-size:1.35rem;margin:2.4rem 0 .8rem}h3{font-size:1.15rem}
p{margin:.5rem 0}a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
small,.soft{color:var(--soft)}small{font-size:.86rem}code{font-size:.9em}
hr{border:0;border-top:1px solid var(--line);margin:2rem 0}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem}
header.site{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1.6rem;padding:1rem 0 .8rem;border-bottom:1px solid var(--line);margin-bottom:1.5rem}
.brand{display:flex;align-items:center;gap:.5rem;font:600 1.1rem var(--serif);color:var(--ink);text-decoration:none}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.1rem;list-style:none;margin:0;padding:0}
nav a{display:inline-block;padding:.35rem 0;text-decoration:none;font-size:.92rem}nav a:hover{text-decoration:underline}
nav a[aria-current]{color:var(--ink);font-weight:600;box-shadow:0 2px var(--back)}
footer.site{margin:3.5rem 0 2rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
footer.site a{margin-right:1rem}
.lead{font-size:1.06rem;color:var(--soft);max-width:40rem;margin:0 0 1.4rem}
.place{font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);font-weight:600}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.05rem 1.25rem;margin:0 0 1.1rem}
.card h2,.card h3{margin:.1rem 0 .3rem;font-size:1.28rem}.card h2 a,.card h3 a,.item h3 a{color:inherit;text-decoration:none}
.card h2 a:hover,.card h3 a:hover,.item h3 a:hover{text-decoration:underline}
.card.back{border-left:.35rem solid var(--back)}.card.maybe{border-left:.35rem solid var(--maybe)}.card.gone{opacity:.85}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem 1rem;align-items:baseline}
.verdict{display:inline-block;font-weight:700;color:var(--back);background:var(--back-tint);border-radius:.3rem;padding:.1rem .55rem;margin:.1rem 0 .5rem}
.maybe .verdict{color:var(--maybe);background:var(--maybe-tint)}.gone .verdict{color:var(--soft);background:var(--paper)}
.steps{display:grid;grid-template-columns:max-content 1fr;gap:.25rem .9rem;margin:.5rem 0 .6rem}
.steps dt{font-size:.8rem;font-weight:600;color:var(--soft);padding-top:.17rem}.steps dd{margin:0}.steps .now{color:var(--back);font-weight:700}
blockquote{margin:.6rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line)}
blockquote .t{font-family:var(--serif);font-size:1.06rem}
mark{background:var(--mark);color:var(--mark-ink);border-radius:.15rem;padding:0 .12em}
.against mark,mark.against{background:none;color:inherit;text-decoration:line-through;text-decoration-color:var(--soft)}
.tags{display:flex;flex-wrap:wrap;gap:.3rem;list-style:none;margin:.5rem 0 0;padding:0;font-size:.82rem}
.tags li,.tag{border:1px solid var(--line);border-radius:1rem;padding:.02rem .6rem;color:var(--soft)}.tags a{color:inherit;text-decoration:none}.tags a:hover{text-decoration:underline}
.tags.words li{border:0;background:var(--mark);color:var(--mark-ink);border-radius:.25rem}
.links{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;margin:.6rem 0 0;font-size:.93rem}.links strong a{font-weight:650}
.item{padding:.85rem 0;border-bottom:1px solid var(--line)}.item h3{font-size:1.08rem;margin:.05rem 0 .15rem}.item p{margin:.25rem 0;font-size:.95rem}
.empty{background:var(--card);border:1px dashed var(--line);border-radius:.6rem;padding:1rem 1.25rem;color:var(--soft)}
form.filters,form.sign-up{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.25rem;margin:1rem 0}
.fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:.7rem 1rem}
label.field{display:block;font-size:.85rem;font-weight:600;color:var(--soft)}label.field>span{display:block;margin-bottom:.15rem}
input:not([type=checkbox]):not([type=radio]),select,button{font:inherit;font-size:1rem;color:var(--ink);background:var(--paper);border:1px solid #8a857c;border-radius:.35rem;padding:.42rem .6rem}
label.field>input:not([type=checkbox]),label.field>select{width:100%}
input[type=checkbox],input[type=radio]{width:1.1em;height:1.1em;accent-color:var(--link);vertical-align:-.15em}
button{background:var(--link);border-color:var(--link);color:var(--card);font-weight:600;padding:.5rem 1.15rem;cursor:pointer}
.buttons{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem;align-items:center;margin-top:.9rem}
fieldset{border:1px solid var(--line);border-radius:.5rem;margin:.9rem 0 0;padding:.5rem .9rem .8rem}legend{font-weight:600;font-size:.9rem;padding:0 .3rem}
fieldset label{display:inline-block;padding:.22rem 1rem .22rem 0}
details{margin:.7rem 0}summary{cursor:pointer;color:var(--link);font-size:.95rem}details[open]>summary{margin-bottom:.4rem}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .8rem .5rem 0;border-bottom:1px solid var(--line)}th{font-size:.82rem;color:var(--soft)}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.when{white-space:nowrap}
.ok{color:var(--ok);font-weight:600}.bad{color:var(--bad);font-weight:600}.warn{color:var(--maybe);font-weight:600}
.timeline{list-style:none;margin:1rem 0;padding:0 0 0 1.1rem;border-left:2px solid var(--line)}
.timeline>li{position:relative;padding:0 0 1.1rem}.timeline>li::before{content:"";position:absolute;left:-1.52rem;top:.45rem;width:.7rem;height:.7rem;border-radius:50%;background:var(--paper);border:2px solid var(--soft)}
.timeline>li.move::before{background:var(--soft)}.timeline>li.back::before{background:var(--back);border-color:var(--back);width:.95rem;height:.95rem;left:-1.64rem}
.timeline>li.gap{color:var(--soft);font-style:italic;font-size:.92rem}.timeline>li.gap::before{display:none}
.timeline time,.when{color:var(--soft);font-size:.86rem}.timeline>li.minor{font-size:.92rem}
.bar{display:inline-block;vertical-align:middle;width:4.5rem;height:.5rem;margin-right:.4rem}meter{width:4.5rem;height:.7rem;vertical-align:middle}
.pager{margin:1.4rem 0;font-weight:600}
.mail{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1.2rem;align-items:start}
.mail iframe{width:100%;height:46rem;border:1px solid var(--line);border-radius:.5rem;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.84rem;line-height:1.5;background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.9rem;margin:0}
body:has(.mail){max-width:76rem}
@media(max-width:38rem){html{font-size:16px}h1{font-size:1.55rem}.card,form.filters,form.sign-up{padding:.85rem .95rem}.mail{grid-template-columns:1fr}
.steps{grid-template-columns:1fr;gap:0}.steps dd{margin-bottom:.45rem}header.site{gap:.2rem 1rem}nav ul{gap:0 .95rem}}
@media print{html{font-size:11pt;background:#fff;color:#000}nav,.skip,form,.links,.pager,footer.site{display:none}.card{break-inside:avoid;border-color:#999}
main a[href^="http"]::after{content:" <" attr(href) ">";font-size:.8em}}
`.trim();

/** An eye whose pupil is a keyhole. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M1 16C6 7.500 11 5 16 5s10 2.500 15 11c-5 8.500-10 11-15 11S6 24.500 1 16Z" fill="#a3310f"/><circle cx="16" cy="16" r="8" fill="#fff"/><path d="M16 10.500a3.400 3.400 0 0 1 1.900 6.200l1.100 5h-6l1.100-5a3.400 3.400 0 0 1 1.900-6.200Z" fill="#1d1c1a"/></svg>`;
