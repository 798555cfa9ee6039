/** Members in the order in which Java's HashMap has them, which shows in the order of some errors. */
export const inHashOrder = <Value>(members: readonly (readonly [string, Value])[]): (readonly [string, Value])[] => {
  let buckets = 16;
  while (members.length > buckets * 0.75) buckets *= 2;
  const bucketOf = (name: string): number => {
    const hash = hashOf(name);
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return [...members].sort(([one], [other]) => bucketOf(one) - bucketOf(other));
};

const hashOf = (text: string): number => {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
};
