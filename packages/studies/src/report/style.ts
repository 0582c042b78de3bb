import { darkFigureRules, sansSerif as sans } from '../figure/palette.ts'
import { declarations, theme } from '../theme.ts'
import { mediumFrom, wideFrom } from './figures.ts'

const serif =
  "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Source Serif 4', Georgia, 'Liberation Serif', serif"
const mono = "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, 'DejaVu Sans Mono', monospace"

/** Tables too wide for the page become cards: a row is a card, and every cell carries the name of its column. */
function cards(table: string): string {
  return `${table},${table} :is(caption,tbody,tbody td,tbody th){display:block}
${table} thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
${table} tbody tr{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:0 1rem;padding:.7rem 0;border-bottom:1px solid var(--line)}
${table} :is(tbody th,tbody td:not(.number)){grid-column:1/-1}
${table} :is(tbody td,tbody th,tbody th.group){border:0;padding:.15rem 0}
${table} tbody th.group{padding-top:1.25rem}
${table} :is(td.number,th.number){text-align:left;white-space:normal;padding-left:0}
${table} td[data-label]::before{content:attr(data-label);display:block;color:var(--muted);font-size:.75rem;margin-top:.25rem}
${table} td.empty{display:none}`
}

/** Everything a report wears; no fonts, images or other files are loaded. */
export const style = `
:root{color-scheme:light dark;${declarations(theme.light)}}
@media screen and (prefers-color-scheme:dark){:root{${declarations(theme.dark)}}
${darkFigureRules('.drawing')}
}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.6 ${serif};text-rendering:optimizeLegibility}
main{max-width:70rem;margin:0 auto;padding:3.5rem clamp(1rem,4vw,2.5rem) 5rem}
h1,h2,h3{line-height:1.2;text-wrap:balance;font-weight:600}
h1{font-size:clamp(1.75rem,1.2rem + 2.4vw,2.75rem);margin:.35rem 0 1rem;letter-spacing:-.012em}
h2{font-size:1.5rem;margin:3.75rem 0 1rem;padding-top:1.25rem;border-top:1px solid var(--line);letter-spacing:-.005em}
h3{font-size:1.1rem;margin:2rem 0 .5rem}
p,ul{max-width:42rem;margin:0 0 1rem;text-wrap:pretty}
a{color:var(--accent);text-underline-offset:.15em}
.kicker{font:600 .8125rem/1.4 ${sans};letter-spacing:.09em;text-transform:uppercase;color:var(--accent);margin:0}
.lead{font-size:1.1875rem;line-height:1.55;color:var(--ink)}
.small,figcaption,.note{font-size:.9375rem;line-height:1.5;color:var(--muted)}
.note{max-width:46rem}

figure{margin:2.25rem 0 0}
figure h2{border:0;padding:0;margin:0 0 .25rem}
figure .subtitle{font:.9375rem/1.5 ${sans};color:var(--muted);margin:0 0 1.25rem;max-width:none}
figcaption{margin-top:1rem}
figcaption p{max-width:46rem;margin:0 0 .5rem}
figcaption .caption{color:var(--ink)}
.drawing svg{display:block;width:100%;height:auto;color:var(--muted)}
.drawing .medium,.drawing .wide{display:none}
.drawing .narrow{max-width:32rem}
@media (min-width:${mediumFrom}px){.drawing .narrow,.drawing .wide{display:none}.drawing .medium{display:block}}
@media (min-width:${wideFrom}px){.drawing .narrow,.drawing .medium{display:none}.drawing .wide{display:block}}

table{width:100%;border-collapse:collapse;font:.875rem/1.45 ${sans};font-variant-numeric:tabular-nums;margin:1rem 0 .5rem}
caption{text-align:left;color:var(--muted);padding:0 0 .75rem;font-size:.875rem;line-height:1.5;max-width:48rem}
thead th{text-align:left;font-weight:600;color:var(--muted);vertical-align:bottom;border-bottom:1.5px solid var(--ink);padding:.4rem .75rem .4rem 0}
tbody td,tbody th{vertical-align:top;padding:.6rem .75rem .6rem 0;border-bottom:1px solid var(--line);font-weight:400;text-align:left}
tbody th.group{font-weight:650;padding-top:1.6rem;border-bottom-color:var(--muted);font-size:.9375rem}
tbody tr.highlight td,tbody tr.highlight th{background:var(--tint);font-weight:600}
td.number,th.number{text-align:right;white-space:nowrap}
th.number+th.number,td.number+td.number{padding-left:.75rem}
td.number+td:not(.number),th.number+th:not(.number){padding-left:1rem}
td:last-child,th:last-child{padding-right:0}
.name{font-weight:600;display:block}
.detail{display:block;color:var(--muted);font-size:.8125rem;line-height:1.45;font-weight:400}
td.number .detail{white-space:normal}
.value{font-size:.9375rem}
.none{color:var(--muted)}

@media (min-width:${wideFrom}px){.certificates :is(th,td):nth-child(1){width:11%}.certificates :is(th,td):nth-child(2){width:22%}.certificates :is(th,td):nth-child(3){width:33%}}
.verdict{font-weight:650;white-space:nowrap}
.verdict.holds{color:var(--holds)}
.verdict.violated{color:var(--violated)}
.verdict.neutral{color:var(--neutral)}
.tally{font:600 1rem/1.5 ${sans}}
.assumptions,.numbers{list-style:none;margin:0;padding:0;max-width:none}
.assumptions li{padding-left:1.15rem;text-indent:-1.15rem;margin:0 0 .3rem}
.assumptions li::before{display:inline-block;width:1.15rem;text-indent:0;font-weight:650}
.assumptions .met::before{content:'✓';color:var(--holds)}
.assumptions .unmet::before{content:'✗';color:var(--violated)}
.assumptions .detail{text-indent:0}

details{border:1px solid var(--line);border-radius:.4rem;margin:0 0 .6rem;background:var(--panel)}
summary{cursor:pointer;padding:.6rem .9rem;font:600 .9375rem/1.4 ${sans}}
summary:focus-visible,a:focus-visible,pre:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
summary .detail{display:inline;margin-left:.6rem}
details[open]>summary{border-bottom:1px solid var(--line)}
details>.inside{padding:.25rem .9rem .5rem;overflow-x:auto}
pre{margin:.5rem 0 1rem;padding:.8rem 1rem;overflow-x:auto;background:var(--tint);border-radius:.4rem;font:.8125rem/1.55 ${mono}}
details pre{background:none;padding:.4rem 0;margin:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.25rem;font:.9375rem/1.5 ${sans};margin:0 0 1rem}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}

@media (max-width:${mediumFrom - 1}px){
main{padding-top:2rem}
h2{margin-top:2.75rem}
${cards('table')}
}
@media screen and (max-width:${wideFrom - 1}px){
${cards('.certificates table')}
}
@media print{
body{font-size:10pt;background:#fff}
main{max-width:none;padding:0}
h2{break-after:avoid;margin-top:1.5rem}
figure,tr,pre{break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto}
.drawing .narrow,.drawing .medium{display:none}
.drawing .wide{display:block}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
}
`
