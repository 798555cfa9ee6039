/** What the reader of ordinary YAML spares: both readers on the same template of a megabyte, each in a turn of its own. */
import { createLines } from '#gateway/template/text/lines.ts';
import { readOrdinaryYaml } from '#gateway/template/text/ordinary-yaml.ts';
import { readYaml } from '#gateway/template/text/yaml.ts';
import { largeTemplate } from './large-template.ts';

const text = largeTemplate();
const milliseconds = (read: () => unknown): number => {
  const before = process.cpuUsage();
  if (read() === null) throw new Error('the template could not be read');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
const own = milliseconds(() => readOrdinaryYaml(text, createLines('template.yaml', text)));
const parser = milliseconds(() => readYaml(text, createLines('template.yaml', text), 200, () => {}));
process.stdout.write(
  `${own.toFixed(0)} ms, by the parser ${parser.toFixed(0)} ms: ${(parser / own).toFixed(1)} times\n`,
);
