export const handler = async ({ ms }) => {
  await new Promise((done) => setTimeout(done, ms));
  return process.pid;
};
