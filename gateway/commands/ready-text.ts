import type { Gateway } from '../gateway.ts';
import { gavelMetadata } from '../seed.ts';
import { notHonouredText } from './check-text.ts';
import { type Paint, table } from './terminal.ts';

/** What a person sees when all is ready: where everything is, what is not honoured, and lines to paste. */
export const readyText = (gateway: Gateway, tookMs: number, paint: Paint): string => {
  const { readiness } = gateway;
  const rows = readiness.apis.flatMap((api) =>
    Object.entries(api.stages).map(([stage, url], i) => [
      i === 0 ? paint.bold(api.logicalId) : '',
      i === 0 ? api.type : '',
      stage,
      paint.cyan(url),
    ]),
  );
  const tries = examples(gateway);
  const missing = notHonouredText(gateway.support(), paint);
  return [
    `\n${table([...rows, [paint.bold('Control'), '', '', paint.cyan(readiness.control)]])}`,
    missing ? `\n${missing}` : '',
    tries.length > 0 ? `\n${paint.bold('Try')}\n${tries.map((text) => `  ${text}\n`).join('')}` : '',
    `\n${paint.green('Ready')} ${paint.dim(`in ${(tookMs / 1000).toFixed(2)} s; Ctrl+C stops`)}\n\n`,
  ].join('');
};

/** The template's own lines (`Metadata: Gavel: Try`), with `{Market}` in them standing for that API's URL. */
const examples = (gateway: Gateway): readonly string[] => {
  const lines = gavelMetadata(gateway.application()).Try;
  if (!Array.isArray(lines)) return [];
  return lines.map((text) => String(text).replace(/\{(\w+)\}/g, (whole, name: string) => gateway.url(name) ?? whole));
};
