import { intrinsicName } from '../../intrinsics/pending.ts';
import type { Resource } from '../../resource.ts';
import { entry, mapAt, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, make, pick, ref } from '../expansion.ts';

/** A function's URL; one without authorization lets everybody invoke the function through it. */
export const expandFunctionUrl = (resource: Resource, alias: string | null, expansion: Expansion): void => {
  const { logicalId, properties, place } = resource;
  const config = mapAt(properties, 'FunctionUrlConfig');
  if (Object.keys(config).length === 0) return;
  const at = (key: string) => placeOf(config, key) ?? placeOf(properties, 'FunctionUrlConfig') ?? place;
  const authType = textAt(config, 'AuthType');
  if (authType !== 'NONE' && authType !== 'AWS_IAM') {
    expansion.problems.add(
      `FunctionUrlConfig of ${logicalId} has ${authType === null ? 'no AuthType' : `the AuthType ${authType}`}.`,
      at('AuthType'),
      'Write AuthType: AWS_IAM, or NONE for a URL that everybody may call.',
    );
  }
  const cors = mapAt(config, 'Cors');
  for (const key of Object.keys(cors)) {
    if (corsProperties.includes(key)) continue;
    expansion.problems.add(
      `${key} is no property of the Cors of a function URL.`,
      placeOf(cors, key) ?? at('Cors'),
      `It can have ${corsProperties.join(', ')}.`,
    );
  }
  const target = ref(alias ?? logicalId);
  make(expansion, resource, `${logicalId}Url`, 'AWS::Lambda::Url', {
    TargetFunctionArn: target,
    ...pick(config, 'AuthType', 'InvokeMode'),
    ...(entry(config, 'Cors') === undefined ? {} : { Cors: cors }),
  });
  if (authType !== 'NONE' || !isPlain(resource)) return;
  make(expansion, resource, `${logicalId}UrlPublicPermissions`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunctionUrl',
    FunctionName: target,
    Principal: '*',
    FunctionUrlAuthType: 'NONE',
  });
  make(expansion, resource, `${logicalId}URLInvokeAllowPublicAccess`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: target,
    Principal: '*',
    InvokedViaFunctionUrl: true,
  });
};

/** SAM lets everybody in only where NONE itself is written: it does not see through a reference or a condition. */
const isPlain = ({ written }: Resource): boolean => {
  const config = mapAt(written, 'FunctionUrlConfig');
  return intrinsicName(config) === null && intrinsicName(entry(config, 'AuthType') ?? null) === null;
};

const corsProperties = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'];
