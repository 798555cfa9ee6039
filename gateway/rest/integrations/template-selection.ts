import { mediaTypeOf } from '../../mapping/media-type.ts';
import type { RestIntegration } from '../../model/rest-api.ts';

type Templates = Readonly<Record<string, string>>;

/** Which request template applies: one of them, none (the body passes through), or the body is refused with a 415. */
export type TemplateChoice =
  | { readonly kind: 'template'; readonly contentType: string }
  | { readonly kind: 'pass-through' }
  | { readonly kind: 'unsupported-media-type' };

const passThrough: TemplateChoice = { kind: 'pass-through' };
const unsupported: TemplateChoice = { kind: 'unsupported-media-type' };

export const chooseRequestTemplate = (
  templates: Templates,
  behavior: RestIntegration['passthroughBehavior'],
  contentType: string | undefined,
): TemplateChoice => {
  const mediaType = contentType === undefined ? 'application/json' : mediaTypeOf(contentType);
  if (Object.hasOwn(templates, mediaType)) return { kind: 'template', contentType: mediaType };
  if (Object.hasOwn(templates, '$default')) return { kind: 'template', contentType: '$default' };
  if (behavior === 'NEVER') return unsupported;
  if (behavior === 'WHEN_NO_TEMPLATES' && Object.keys(templates).length > 0) return unsupported;
  return passThrough;
};

/** The content type whose response template applies, null where there is none at all. */
export const chooseResponseTemplate = (templates: Templates, accept: string | undefined): string | null => {
  const mediaType = accept === undefined ? 'application/json' : mediaTypeOf(accept);
  if (Object.hasOwn(templates, mediaType)) return mediaType;
  // Where nothing matches, JSON was seen to come before the first.
  if (Object.hasOwn(templates, 'application/json')) return 'application/json';
  return Object.keys(templates)[0] ?? null;
};

/** Whether a template is plain text: Velocity's own characters do not occur in it. */
export const isLiteral = (template: string): boolean => !template.includes('$') && !template.includes('#');
