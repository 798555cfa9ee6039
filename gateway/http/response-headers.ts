const hopByHop = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'apigw-requestid',
]);

/** Whether a header of a backend's answer is the gateway's own to set. */
export const isHopByHop = (key: string): boolean => hopByHop.has(key);

export const dropHopByHop = (headers: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (!isHopByHop(headers[i]!.toLowerCase())) kept.push(headers[i]!.toLowerCase(), headers[i + 1]!);
  }
  return kept;
};
