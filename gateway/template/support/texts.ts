import type { SupportLine } from '../support.ts';
import { doubledKeys } from '../text/document.ts';

/** What of a file's text is passed over: CloudFormation takes the last of two keys, and so does the gateway. */
export const linesOfTexts = (files: Iterable<string>): readonly SupportLine[] =>
  [...files].flatMap((file) =>
    doubledKeys(file).map(
      ({ name, place }): SupportLine => ({
        logicalId: '',
        resourceType: '',
        property: name,
        level: 'not honoured',
        note: 'this key stands twice in one map; the last one counts, as on AWS, and the others are passed over',
        place,
      }),
    ),
  );
