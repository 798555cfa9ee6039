import type { LambdaPermission } from '../../model/lambda-function.ts';
import type { Source } from './source.ts';

export const buildPermissions = (source: Source): readonly LambdaPermission[] =>
  source.ofType('AWS::Lambda::Permission').flatMap((resource): LambdaPermission[] => {
    const reader = source.read(resource);
    // What only a function's own URL may do must not open the function to APIs.
    if (reader.flag('InvokedViaFunctionUrl')) return [];
    return [
      {
        logicalId: resource.logicalId,
        functionName: reader.required('FunctionName'),
        action: reader.required('Action'),
        principal: reader.required('Principal'),
        sourceArn: reader.text('SourceArn'),
        sourceAccount: reader.text('SourceAccount'),
        eventSourceToken: reader.text('EventSourceToken'),
        principalOrgId: reader.text('PrincipalOrgID'),
        functionUrlAuthType: reader.oneOf('FunctionUrlAuthType', ['AWS_IAM', 'NONE']),
        place: resource.place,
      },
    ];
  });
