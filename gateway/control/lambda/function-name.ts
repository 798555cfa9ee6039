import type { FunctionReference } from '../../lambda/invocation.ts';
import { LambdaError } from './lambda-error.ts';

/** `name`, `account:function:name` or an ARN, each with or without a qualifier behind it. */
const pattern =
  /^(?:arn:[^:]+:lambda:[^:]*:)?(?:\d{12}:)?(?:function:)?([A-Za-z0-9-_]+)(?::(\$LATEST|[A-Za-z0-9-_]+))?$/;

/** The function that a path and a query name together. */
export const functionIn = (text: string, query: URLSearchParams): FunctionReference => {
  const found = pattern.exec(text);
  if (!found) {
    throw new LambdaError(
      'InvalidParameterValueException',
      `'${text}' at 'functionName' is no name or ARN of a function`,
    );
  }
  const [, name, own] = found;
  const asked = query.get('Qualifier');
  if (own !== undefined && asked !== null && own !== asked) {
    throw new LambdaError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return { name: name!, qualifier: own ?? asked };
};
