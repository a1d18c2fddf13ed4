/** The look of the documentation: no font, image or script from anywhere else. */
export const STYLE = `
:root { --ground:#fff; --panel:#f6f7f9; --ink:#1b2330; --quiet:#586174; --line:#dfe3ea; --accent:#0b5cad; --code:#f1f3f7;
  --get-bg:#e2f0e6; --get:#14532d; --post-bg:#dfeafb; --post:#123f7c; --put-bg:#fbeed6; --put:#6b4300; --delete-bg:#fbe1e1; --delete:#7f1d1d; }
@media (prefers-color-scheme: dark) { :root { --ground:#12161d; --panel:#191f29; --ink:#e6e9ef; --quiet:#a3acbd; --line:#2c3442; --accent:#7db4f5; --code:#1d2430;
  --get-bg:#173523; --get:#a7e0ba; --post-bg:#172f52; --post:#b3d2fb; --put-bg:#3d2d10; --put:#f3d199; --delete-bg:#471c1c; --delete:#f6b9b9; } }
* { box-sizing:border-box } html { scroll-padding-top:4rem }
body { margin:0; background:var(--ground); color:var(--ink); font:16px/1.55 system-ui, sans-serif }
a { color:var(--accent) } a:focus-visible, summary:focus-visible, pre:focus-visible { outline:2px solid var(--accent); outline-offset:2px }
.skip { position:absolute; left:-99rem } .skip:focus { left:1rem; top:.5rem; background:var(--ground); padding:.25rem .5rem; z-index:3 }
header { position:sticky; top:0; z-index:2; background:var(--ground); border-bottom:1px solid var(--line); padding:.75rem 1.5rem }
.brand { font-weight:650; color:var(--ink); text-decoration:none }
.columns { display:grid; grid-template-columns:19rem minmax(0,1fr); max-width:84rem; margin:0 auto }
nav { position:sticky; top:3.1rem; align-self:start; max-height:calc(100vh - 3.1rem); overflow:auto; padding:1.25rem 1rem; font-size:.9rem; border-right:1px solid var(--line) }
nav ul { list-style:none; margin:0; padding:0 } nav li > ul { margin:.25rem 0 .75rem }
nav a { display:block; padding:.25rem .5rem; border-radius:.375rem; color:var(--ink); text-decoration:none } nav a:hover { background:var(--panel) }
nav a[aria-current] { font-weight:650; background:var(--panel) }
main { padding:1.5rem 2rem 6rem; min-width:0 } h1 { font-size:1.9rem; line-height:1.2; margin:.25rem 0 .75rem } h2 { font-size:1.2rem; margin:2rem 0 .5rem } h3 { font-size:.95rem; margin:1.25rem 0 .4rem }
.operation { border-top:1px solid var(--line); margin-top:2rem } .operation h2 { overflow-wrap:anywhere }
.method { display:inline-block; min-width:3.1rem; text-align:center; font:600 .72rem/1.5 ui-monospace, monospace; padding:.1rem .35rem; border-radius:.3rem; vertical-align:.12em }
.get { background:var(--get-bg); color:var(--get) } .post { background:var(--post-bg); color:var(--post) } .put, .patch { background:var(--put-bg); color:var(--put) } .delete { background:var(--delete-bg); color:var(--delete) }
code { font:.9em ui-monospace, SFMono-Regular, Menlo, monospace; background:var(--code); border-radius:.25rem; padding:.05rem .3rem } h2 code { background:none; padding:0 }
pre { background:var(--code); border:1px solid var(--line); border-radius:.5rem; padding:.9rem 1rem; overflow:auto; max-height:28rem; font-size:.87rem; line-height:1.45 } pre code { background:none; padding:0 }
.facts { display:flex; flex-wrap:wrap; gap:.25rem 1rem; margin:.5rem 0; font-size:.9rem } .facts dt { color:var(--quiet) } .facts dd { margin:0 .75rem 0 -.5rem }
.scroll { overflow-x:auto } table { border-collapse:collapse; width:100%; font-size:.9rem } th { text-align:left; color:var(--quiet); font-weight:600 }
th, td { border-bottom:1px solid var(--line); padding:.4rem .75rem .4rem 0; vertical-align:top } td:first-child { white-space:nowrap }
.depth-1 { padding-left:1.25rem } .depth-2 { padding-left:2.5rem } .depth-3 { padding-left:3.75rem } .depth-4, .depth-5, .depth-6 { padding-left:5rem }
.required { font-size:.75rem; font-weight:600; color:var(--put) } .quiet { color:var(--quiet) } .choices { display:block } .status { font:600 .85rem ui-monospace, monospace }
summary { cursor:pointer; color:var(--accent); padding:.25rem 0 } tr:target { background:var(--panel) }
.cards { list-style:none; padding:0; display:grid; grid-template-columns:repeat(auto-fill, minmax(17rem, 1fr)); gap:1rem } .cards li { border:1px solid var(--line); border-radius:.6rem; padding:1rem 1.1rem } .cards p { margin:.35rem 0 0 }
@media (max-width: 56rem) { .columns { grid-template-columns:minmax(0,1fr) } nav { position:static; max-height:none; border-right:0; border-bottom:1px solid var(--line) } main { padding:1rem 1rem 4rem } }
`;
