import { all, differently, eachOf, fields, honoured, type SupportNode } from './node.ts';

const end = fields(all(honoured, 'Id', 'Type', 'Arn', 'RoleName', 'QueueUrl', 'ResourceId', 'Name', 'Qualifier'));
const properties = {
  Destination: end,
  Permissions: differently('the policies are written; what functions may do is not enforced'),
};

/** `Connectors` beside the properties of a resource. */
export const embeddedConnectors: SupportNode = eachOf(
  fields({ Properties: fields({ ...properties, SourceReference: fields({ Qualifier: honoured, Id: honoured }) }) }),
);

export const connectorTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::Connector': fields({ ...properties, Source: end }),
};
