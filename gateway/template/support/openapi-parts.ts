import { isApiKey, isSigV4 } from '../openapi/security.ts';
import { isMap } from '../text/plain.ts';
import { all, differently, eachOf, fields, honoured, type SupportNode } from './node.ts';

/** The parts of OpenAPI that REST and HTTP APIs share, each with the members that it has. */

const passedOver = differently('the import passes over it, as on AWS');

/** A part in which other tools may have extensions of their own. */
export const part = (members: Readonly<Record<string, SupportNode>>): SupportNode => ({
  ...fields(members),
  foreignExtensions: true,
});

const externalDocs = part(all(honoured, 'url', 'description'));

export const described = {
  ...all(honoured, 'summary', 'description', 'tags', 'operationId', 'deprecated', 'title', '$ref'),
  externalDocs,
};

const schemaMembers: Record<string, SupportNode> = {
  ...described,
  ...all(honoured, 'type', 'format', 'enum', 'const', 'default', 'example', 'examples', 'required', 'pattern', 'id'),
  ...all(honoured, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', '$schema', '$id'),
  ...all(honoured, 'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'),
  ...all(passedOver, 'nullable', 'readOnly', 'writeOnly', 'discriminator', 'xml'),
};

export const schema: SupportNode = part(schemaMembers);

// A schema holds schemas.
Object.assign(
  schemaMembers,
  all(schema, 'items', 'additionalItems', 'additionalProperties', 'not', 'allOf', 'anyOf', 'oneOf', 'contains'),
  all(eachOf(schema), 'properties', 'patternProperties', 'definitions', 'dependencies'),
);

const example = part(all(passedOver, 'summary', 'description', 'value', 'externalValue', '$ref'));

const media = part({ schema, example: passedOver, examples: eachOf(example), encoding: passedOver });

export const parameter: SupportNode = part({
  ...schemaMembers,
  ...all(
    honoured,
    'name',
    'in',
    'required',
    'style',
    'explode',
    'allowEmptyValue',
    'allowReserved',
    'collectionFormat',
  ),
  schema,
  items: schema,
  example: passedOver,
  examples: passedOver,
  content: eachOf(media),
});

export const requestBody: SupportNode = part({
  ...all(honoured, 'description', 'required', '$ref'),
  content: eachOf(media),
});

export const response: SupportNode = part({
  ...all(honoured, 'description', '$ref'),
  schema,
  content: eachOf(media),
  headers: eachOf(parameter),
  examples: passedOver,
  links: passedOver,
});

/** A map whose keys are free, besides extensions of other tools. */
export const named = (member: SupportNode): SupportNode => ({ ...eachOf(member), foreignExtensions: true });

export const security: SupportNode = eachOf(eachOf(honoured));

export const server = (endpoint: SupportNode): SupportNode =>
  part({
    ...all(differently('the local address stands for it'), 'url', 'description'),
    variables: eachOf(part(all(honoured, 'default', 'enum', 'description'))),
    'x-amazon-apigateway-endpoint-configuration': endpoint,
  });

export const info: SupportNode = part({
  ...all(honoured, 'title', 'version', 'description', 'summary', 'termsOfService'),
  contact: part(all(honoured, 'name', 'url', 'email')),
  license: part(all(honoured, 'name', 'url', 'identifier')),
});

/** By what an operation that asks for the scheme is guarded. `apiKey`: what holds for a key in `x-api-key`. */
export const securityScheme = (authorizer: SupportNode, apiKey: SupportNode): SupportNode => {
  const known = part({
    ...all(honoured, 'type', 'name', 'in', 'description', 'scheme', 'bearerFormat', 'flows', 'flow', '$ref'),
    ...all(honoured, 'openIdConnectUrl', 'authorizationUrl', 'tokenUrl', 'scopes'),
    'x-amazon-apigateway-authtype': honoured,
    'x-amazon-apigateway-authorizer': authorizer,
  });
  return {
    ...known,
    judge: (value) => {
      if (!isMap(value) || '$ref' in value || 'x-amazon-apigateway-authorizer' in value || isSigV4(value)) return known;
      const { level, note } = isApiKey(value) ? apiKey : unbound;
      return { ...known, level, note };
    },
  };
};

export const unbound = differently('it names no authorizer: AWS leaves open what asks for it; here that answers 501');

/** What a document declares for use elsewhere in it. */
export const components = {
  schemas: eachOf(schema),
  parameters: eachOf(parameter),
  responses: eachOf(response),
  requestBodies: eachOf(requestBody),
  headers: eachOf(parameter),
  ...all(passedOver, 'examples', 'links', 'callbacks'),
};

export const callbacks = passedOver;
