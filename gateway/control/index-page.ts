import type { Api } from '../model/application.ts';
import type { Readiness, RunningApi } from '../readiness.ts';
import { type ListedRoute, routesOf } from './routes.ts';

/** A page that any browser shows without a script: what runs here, and where. */
export const indexPage = (stackName: string, readiness: Readiness, apis: readonly Api[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(stackName)} on Gavel</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 52rem; margin: 3rem auto; padding: 0 1rem; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 2rem 0 0; }
  h3 { font-size: 1rem; font-weight: normal; margin: 1rem 0 .3rem; } h3 code { opacity: .7; }
  small { font-weight: normal; opacity: .7; }
  ul { list-style: none; padding: 0; margin: 0; }
  li { padding: .35rem 0; border-top: 1px solid #8884; } b { display: inline-block; min-width: 5rem; }
  code { font: .95em ui-monospace, monospace; overflow-wrap: anywhere; }
</style>
<h1>${escapeHtml(stackName)}</h1>
<p>Served by the local gateway at <code>${escapeHtml(readiness.control)}</code>.</p>
${readiness.apis
  .map((one) =>
    apiSection(
      one,
      apis.find((api) => api.logicalId === one.logicalId),
    ),
  )
  .join('\n')}
</html>
`;

const apiSection = (running: RunningApi, api: Api | undefined): string => `<section>
<h2>${escapeHtml(running.logicalId)} <small>${running.type} · ${escapeHtml(running.id)}</small></h2>
${Object.entries(running.stages)
  .map(([stage, url]) => stageSection(stage, url, api ? routesOf(api, stage) : []))
  .join('\n')}
</section>`;

const stageSection = (stage: string, url: string, routes: readonly ListedRoute[]): string =>
  `<h3>${escapeHtml(stage)} <code>${escapeHtml(url)}</code></h3>
<ul>${routes.map((route) => `<li>${routeText(route, url)}</li>`).join('')}</ul>`;

const routeText = ({ method, path, opens }: ListedRoute, url: string): string => {
  const text = `<code>${method === null ? '' : `<b>${escapeHtml(method)}</b>`}${escapeHtml(path)}</code>`;
  return opens ? `<a href="${escapeHtml(`${url}${path}`)}">${text}</a>` : text;
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
