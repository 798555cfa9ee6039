export const handler = async ({ lot }) => ({ statusCode: 200, body: lot.id, pid: process.pid });
