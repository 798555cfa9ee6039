import type { Resource } from '../resource.ts';
import { entry } from '../text/plain.ts';

/**
 * `Metadata: BuildMethod` as SAM CLI takes it; null where nothing is to be built: it says so itself, or the template is
 * what `sam build` wrote, which keeps the metadata and adds `SamResourceId`.
 */
export const buildMethodOf = ({ metadata }: Resource): string | null => {
  const method = entry(metadata, 'BuildMethod');
  if (method === undefined || method === null || typeof entry(metadata, 'SamResourceId') === 'string') return null;
  return isTrue(entry(metadata, 'SkipBuild')) ? null : String(method);
};

const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** A build that this machine's Node.js cannot do itself. */
export const whyNotBuilt = (method: string, { logicalId }: Resource): string =>
  method === 'makefile'
    ? `make builds it (build-${logicalId.split('/').pop()}), which the gateway does not run: run sam build and start with --template .aws-sam/build/template.yaml`
    : `its BuildMethod ${method} does not run here`;
