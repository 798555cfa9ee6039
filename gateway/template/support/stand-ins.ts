import { nestedStackType, type Stack } from '../stack.ts';
import type { SupportLine } from '../support.ts';

/** What `Ref` and `GetAtt` asked for and the gateway does not know: a stable value stands for it. */
export const linesOfStandIns = (stack: Stack): readonly SupportLine[] =>
  stack
    .standIns()
    // What a stack would give whose template is not here has lines of its own.
    .filter(({ resource }) => resource.type !== nestedStackType)
    .map(({ resource, attribute, value }) => ({
      logicalId: resource.logicalId,
      resourceType: resource.type,
      property: attribute === '' ? 'Ref' : `Fn::GetAtt ${attribute}`,
      level: 'differently',
      note: `what ${attribute === '' ? 'the Ref' : attribute} of an ${resource.type} is, is not known here; ${value} stands for it`,
      place: resource.place,
    }));
