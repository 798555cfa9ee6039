module.exports.handler = async ({ requestContext }) => ({ statusCode: 200, body: requestContext.routeKey });
