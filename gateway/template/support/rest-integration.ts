import { isMap, type Plain } from '../text/plain.ts';
import { fields, notHonoured, type SupportNode } from './node.ts';

const otherServices = notHonoured('integrations with AWS services other than Lambda answer 501');

/** An integration of a REST API, as far as its members say; for one with an AWS service, the service counts. */
export const integrationOf = (
  members: Readonly<Record<string, SupportNode>>,
  names: { readonly type: string; readonly uri: string },
): SupportNode => {
  const known = fields(members);
  const refused = fields({ ...members, [names.type]: otherServices });
  return {
    ...known,
    judge: (value) => (isMap(value) && callsOtherService(value[names.type], value[names.uri]) ? refused : known),
  };
};

/** The URI may still be put together of parts. */
const callsOtherService = (type: Plain | undefined, uri: Plain | undefined): boolean =>
  typeof type === 'string' && /^aws$/i.test(type) && !JSON.stringify(uri ?? '').includes('lambda:path/');
