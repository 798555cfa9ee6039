import type { Readiness, RunningApi } from '../readiness.ts';

/** A page that any browser shows without a script: what runs here, and where. */
export const indexPage = (stackName: string, readiness: Readiness): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(stackName)} on Gavel</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 52rem; margin: 3rem auto; padding: 0 1rem; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; }
  small { font-weight: normal; opacity: .7; }
  ul { list-style: none; padding: 0; margin: 0; }
  li { padding: .35rem 0; border-top: 1px solid #8884; }
  code { font: .95em ui-monospace, monospace; overflow-wrap: anywhere; }
</style>
<h1>${escapeHtml(stackName)}</h1>
<p>Served by the local gateway at <code>${escapeHtml(readiness.control)}</code>.</p>
${readiness.apis.map(apiSection).join('\n')}
</html>
`;

const apiSection = (api: RunningApi): string => `<section>
<h2>${escapeHtml(api.logicalId)} <small>${api.type} · ${escapeHtml(api.id)}</small></h2>
<ul>
${Object.entries(api.stages)
  .map(([stage, url]) => `<li>${escapeHtml(stage)}: ${link(url)}</li>`)
  .join('\n')}
</ul>
</section>`;

/** A browser cannot follow ws://, so such an address is only shown. */
const link = (url: string): string =>
  url.startsWith('ws:')
    ? `<code>${escapeHtml(url)}</code>`
    : `<a href="${escapeHtml(url)}"><code>${escapeHtml(url)}</code></a>`;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
