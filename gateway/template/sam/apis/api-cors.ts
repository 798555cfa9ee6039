import { entry, isMap, isTrue, type Plain, type PlainMap } from '../../text/plain.ts';
import { copyPlace } from '../../text/positions.ts';

const allMethods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Gives every path without an OPTIONS method one that answers a preflight. */
export const withCors = (paths: PlainMap, cors: Plain | undefined): PlainMap => {
  if (cors === undefined || cors === null || cors === false) return paths;
  const settings: PlainMap = isMap(cors) ? cors : { AllowOrigin: cors };
  const withOptions = Object.entries(paths).map(([path, item]): [string, Plain] => {
    if (!isMap(item) || entry(item, 'options') !== undefined) return [path, item];
    return [path, copyPlace(item, { ...item, options: copyPlace(item, preflight(settings, item)) })];
  });
  return copyPlace(paths, Object.fromEntries(withOptions));
};

const preflight = (settings: PlainMap, item: PlainMap): PlainMap => {
  const origin = entry(settings, 'AllowOrigin');
  const headers: Record<string, Plain> = {};
  if (entry(settings, 'AllowHeaders') !== undefined) headers['Access-Control-Allow-Headers'] = settings.AllowHeaders!;
  headers['Access-Control-Allow-Methods'] = entry(settings, 'AllowMethods') ?? `'${methodsOf(item).join(',')}'`;
  if (origin !== undefined) headers['Access-Control-Allow-Origin'] = origin;
  if (entry(settings, 'MaxAge') !== undefined) headers['Access-Control-Max-Age'] = String(settings.MaxAge);
  if (isTrue(entry(settings, 'AllowCredentials'))) headers['Access-Control-Allow-Credentials'] = "'true'";
  const names = Object.keys(headers);
  return {
    summary: 'CORS support',
    responses: {
      '200': {
        description: 'Default response for CORS method',
        headers: Object.fromEntries(names.map((name) => [name, { schema: { type: 'string' } }])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{\n  "statusCode" : 200\n}\n' },
      responses: {
        default: {
          statusCode: '200',
          responseTemplates: { 'application/json': '{}\n' },
          responseParameters: Object.fromEntries(
            names.map((name) => [`method.response.header.${name}`, headers[name]!]),
          ),
        },
      },
    },
  };
};

const methodsOf = (item: PlainMap): readonly string[] => {
  if (entry(item, 'x-amazon-apigateway-any-method') !== undefined) return allMethods;
  const present = Object.keys(item).map((key) => key.toUpperCase());
  return allMethods.filter((method) => method === 'OPTIONS' || present.includes(method));
};
