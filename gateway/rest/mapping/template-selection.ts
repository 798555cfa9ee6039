import { mediaTypeOf } from '../../mapping/media-type.ts';
import type { RestIntegration } from '../../model/rest-api.ts';

/** Which request template applies: one of them, none (the body passes through), or the body is refused with a 415. */
export const chooseRequestTemplate = <Template extends object>(
  templates: ReadonlyMap<string, Template>,
  behavior: RestIntegration['passthroughBehavior'],
  mediaType: string,
): Template | 'pass-through' | 'unsupported-media-type' => {
  const template = templates.get(mediaType) ?? templates.get('$default');
  if (template) return template;
  if (behavior === 'NEVER') return 'unsupported-media-type';
  if (behavior === 'WHEN_NO_TEMPLATES' && templates.size > 0) return 'unsupported-media-type';
  return 'pass-through';
};

/** The response template for what the client accepts, null where there is none at all. */
export const chooseResponseTemplate = <Template>(
  templates: ReadonlyMap<string, Template>,
  accept: string | undefined,
): Template | null => {
  const mediaType = accept === undefined ? 'application/json' : mediaTypeOf(accept);
  // Where nothing matches, JSON was seen to come before the first.
  const template = templates.get(mediaType) ?? templates.get('application/json');
  return template ?? templates.values().next().value ?? null;
};
