const { word } = require('/opt/nodejs/word.js');
module.exports.list = async ({ httpMethod, path }) => ({ statusCode: 200, body: `${httpMethod} ${path} ${word}` });
