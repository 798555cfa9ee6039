module.exports.handler = async () => ({
  principalId: 'anyone',
  policyDocument: { Version: '2012-10-17', Statement: [] },
});
