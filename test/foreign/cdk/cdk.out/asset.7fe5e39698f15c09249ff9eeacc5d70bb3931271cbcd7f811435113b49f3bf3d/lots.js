exports.handler = async (event) => {
  let word = 'no layer';
  try {
    word = require('/opt/nodejs/word.js').word;
  } catch {}
  return {
    statusCode: 200,
    body: JSON.stringify({ word, at: event.path ?? event.rawPath ?? event.requestContext.routeKey }),
  };
};
exports.watch = async (event) => {
  console.log('watched', event.Records.length);
};
