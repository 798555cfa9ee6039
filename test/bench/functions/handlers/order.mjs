const seen = [];
export const handler = async ({ n, tell }) => (tell ? seen : void seen.push(n));
