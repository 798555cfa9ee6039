import { type OpenApiDocument, pathOf } from './document.ts';
import type { ImportWarning } from './import-warnings.ts';
import { isGuard, securityOf, undeclaredSchemes } from './security.ts';

/** What the import of a REST API passes over. */
export const restWarnings = (document: OpenApiDocument): readonly ImportWarning[] =>
  document.operations.flatMap((operation): ImportWarning[] => {
    const { reader } = operation;
    const warning = (key: string, what: string): ImportWarning => ({
      path: `${pathOf(operation)}.${key}`,
      what,
      place: reader.placeOf(key),
    });
    const required = securityOf(document, operation);
    const [first, second] = required.filter(isGuard);
    return [
      ...operation.parameters
        .filter((parameter) => parameter.in === 'cookie' || parameter.in === 'formData')
        .map((parameter) =>
          warning('parameters', `the parameter ${String(parameter.name)} is in ${String(parameter.in)}: passed over`),
        ),
      ...Object.keys(reader.map('responses'))
        .filter((status) => !/^\d{3}$/.test(status) && !status.startsWith('x-'))
        .map((status) => warning('responses', `the response ${status} is of no one status: passed over`)),
      ...undeclaredSchemes(required).map((what) => warning('security', what)),
      ...(first && second
        ? [warning('security', `a method has one authorizer; ${second.name} counts, and ${first.name} does not`)]
        : []),
    ];
  });
