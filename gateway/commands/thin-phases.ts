import { HTTP_PHASES } from '../http/pipeline.ts';
import type { Api } from '../model/application.ts';
import { REST_PHASES } from '../rest/pipeline.ts';
import { connectPhases, disconnectPhases, messagePhases } from '../websocket/pipeline.ts';

export type ThinPhase = { readonly kind: Api['kind']; readonly phase: string; readonly missing: string };

/** The phases of the given kinds of API that say themselves what they do not do yet. */
export const thinPhases = (kinds: ReadonlySet<Api['kind']>): readonly ThinPhase[] => {
  const all: readonly (readonly [Api['kind'], readonly { readonly name: string; readonly thin?: string }[]])[] = [
    ['REST', REST_PHASES],
    ['HTTP', HTTP_PHASES],
    ['WEBSOCKET', [...connectPhases, ...messagePhases, ...disconnectPhases]],
  ];
  // A phase may stand in more than one list.
  const found = new Map<string, ThinPhase>();
  for (const [kind, phases] of all) {
    if (!kinds.has(kind)) continue;
    for (const { name, thin } of phases) {
      if (thin !== undefined) found.set(`${kind} ${name} ${thin}`, { kind, phase: name, missing: thin });
    }
  }
  return [...found.values()];
};
