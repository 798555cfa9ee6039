import { besideTemplate, openDataDirectory } from '../cloud/data-directory.ts';
import { readControlFile } from '../control/control-file.ts';
import { readSources } from '../gateway.ts';
import { pinsIn } from '../lambda/stores.ts';
import { unpinned } from '../lambda/versions/function-pins.ts';
import { isPinned } from '../lambda/versions/pins-text.ts';
import type { Application } from '../model/application.ts';
import type { Command } from './command.ts';
import { gatewayFlags, gatewayOptions, parseFlags, templateFlags, templateFlagsHelp } from './gateway-flags.ts';
import { UsageError } from './usage-error.ts';

const help = `usage: gavel unpin [FUNCTION] [options]

Gives one function, or all, back to the template: aliases that a control plane has moved follow the template again, and
concurrency that one has set is as written. Versions that were published stay. A running gateway changes at once.

${templateFlagsHelp}  --data-dir DIR             where the gateway's data lies (default: .gavel/<stack> beside the template)
`;

const flags = { ...templateFlags, 'data-dir': gatewayFlags['data-dir'] } as const;

export const command: Command = {
  help,
  async run(words) {
    const { values, positionals } = parseFlags(words, flags);
    const [name, ...more] = positionals;
    if (more.length > 0) throw new UsageError('unpin wants one function, or none for all. See --help.');
    const { application } = readSources(gatewayOptions(values, 0));
    const directory = values['data-dir'] ?? besideTemplate(application.templateFile, application.stackName);
    const chosen = name === undefined ? null : nameOf(application, name);
    const changed = (await unpinRunning(directory, chosen)) ?? (await unpinKept(directory, chosen));
    process.stdout.write(changed.length === 0 ? 'Nothing was pinned.\n' : `Unpinned: ${changed.join(', ')}\n`);
    return 0;
  },
};

const nameOf = ({ functions }: Application, text: string): string => {
  const found = functions.find(({ logicalId, name }) => logicalId === text || name === text);
  if (found) return found.name;
  const known = functions.map(({ logicalId }) => logicalId).join(', ');
  throw new UsageError(`the template has no function '${text}'; it has ${known || 'none'}`);
};

/** Through the gateway that holds the directory; null: there is none. */
const unpinRunning = async (directory: string, name: string | null): Promise<readonly string[] | null> => {
  const address = readControlFile(directory);
  if (!address) return null;
  const { accessKeyId, secretAccessKey } = address.credentials;
  const authorization = `Basic ${Buffer.from(`${accessKeyId}:${secretAccessKey}`).toString('base64')}`;
  const query = name === null ? '' : `?function=${encodeURIComponent(name)}`;
  const answer = await fetch(`${address.control}/unpin${query}`, { method: 'POST', headers: { authorization } }).catch(
    // One that was killed leaves its file behind.
    () => null,
  );
  return answer?.ok ? ((await answer.json()) as { unpinned: readonly string[] }).unpinned : null;
};

/** In the files, which nobody may hold meanwhile. */
const unpinKept = async (directory: string, name: string | null): Promise<readonly string[]> => {
  const held = openDataDirectory(directory);
  try {
    const pins = pinsIn(directory);
    const pinned = pins.names().filter((one) => (name === null || one === name) && isPinned(pins.get(one)));
    for (const one of pinned) await pins.set(one, unpinned(pins.get(one)));
    return pinned;
  } finally {
    held.release();
  }
};
