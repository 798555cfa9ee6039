import { intrinsicName, isPending } from '../../intrinsics/pending.ts';
import { isList, isMap, type Plain, type PlainMap } from '../../text/plain.ts';
import { copyPlace } from '../../text/positions.ts';

/**
 * SAM lets CloudFormation fill the intrinsics of a definition into its text, so that each becomes text: what is written as
 * `!Ref Seconds` is "5" and no number, as on AWS.
 */
export const asSubstituted = (written: Plain, value: Plain): Plain => {
  if (intrinsicName(written) !== null) return typeof value === 'object' || isPending(value) ? value : String(value);
  if (isList(value) && isList(written) && written.length === value.length) {
    return copyPlace(
      value,
      value.map((item, i) => asSubstituted(written[i]!, item)),
    );
  }
  if (!isMap(value) || !isMap(written)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Plain] => [
    key,
    asSubstituted(Object.hasOwn(written, key) ? written[key]! : null, member),
  ]);
  return copyPlace<PlainMap>(value, Object.fromEntries(members));
};
