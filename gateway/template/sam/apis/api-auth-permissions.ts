import type { Resource } from '../../resource.ts';
import { entry, isMap, isTrue, mapAt, type PlainMap } from '../../text/plain.ts';
import { type Expansion, make, ref, sub } from '../expansion.ts';

/** Each Lambda authorizer gets one, even where a role is taken on for the call, unless it says that it wants none. */
export const authorizerPermissions = (resource: Resource, auth: PlainMap, expansion: Expansion): void => {
  for (const [name, authorizer] of Object.entries(mapAt(auth, 'Authorizers'))) {
    if (!isMap(authorizer)) continue;
    const target = entry(authorizer, 'FunctionArn');
    if (target === undefined || isTrue(entry(authorizer, 'DisableFunctionDefaultPermissions'))) continue;
    make(expansion, resource, `${resource.logicalId}${name}AuthorizerPermission`, 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: target,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*', {
        __ApiId__: ref(resource.logicalId),
      }),
    });
  }
};
