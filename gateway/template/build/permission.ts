import type { LambdaPermission } from '../../model/lambda-function.ts';
import type { Source } from './source.ts';

export const buildPermissions = (source: Source): readonly LambdaPermission[] =>
  source.ofType('AWS::Lambda::Permission').map((resource) => {
    const reader = source.read(resource);
    return {
      logicalId: resource.logicalId,
      functionName: reader.required('FunctionName'),
      action: reader.required('Action'),
      principal: reader.required('Principal'),
      sourceArn: reader.text('SourceArn'),
      sourceAccount: reader.text('SourceAccount'),
      place: resource.place,
    };
  });
