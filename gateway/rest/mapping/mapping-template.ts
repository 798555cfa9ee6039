import { inputFactory } from '../../mapping/input.ts';
import { compilePath } from '../../mapping/jsonpath/compile-path.ts';
import { type TemplateContext, templateContext } from '../../mapping/template-context.ts';
import { util } from '../../mapping/template-utility.ts';
import { VtlRenderError, VtlSyntaxError } from '../../mapping/vtl/errors.ts';
import { compileTemplate, type Template } from '../../mapping/vtl/template.ts';
import type { RestContext } from '../context.ts';
import { configurationError } from '../gateway-response.ts';
import { inputParameters } from '../proxy-event.ts';
import { requestContext } from '../request-context.ts';

/** Renders a mapping template: `body` is the request's for a request template, the backend's for a response template. */
export type MappingTemplate = (context: RestContext, body: string) => string;

/** Compiles a template. One that cannot be read fails at every request, as it does on AWS, which takes it as it is. */
export const compileMappingTemplate = (
  source: string,
  side: 'request' | 'response',
  report: (reason: string) => void,
): MappingTemplate => {
  const failure = (error: Error): Error => configurationError(`Unable to transform ${side}: ${error.message}`);
  let template: Template;
  try {
    template = compileTemplate(source);
  } catch (error) {
    if (!(error instanceof VtlSyntaxError)) throw error;
    report(error.message);
    return () => {
      throw failure(error);
    };
  }
  const wantsInput = template.mentions('input');
  const wantsContext = template.mentions('context');
  const wantsVariables = template.mentions('stageVariables');
  return (context, body) => {
    try {
      return template.render({
        util,
        input: wantsInput ? inputOf({ body, parameters: () => inputParameters(context) }) : undefined,
        context: wantsContext ? contextOf(context) : undefined,
        stageVariables: wantsVariables ? { ...context.variant!.variables } : undefined,
      });
    } catch (error) {
      if (error instanceof VtlRenderError) throw failure(error);
      throw error;
    }
  };
};

const inputOf = inputFactory(compilePath);

const contextOf = (context: RestContext): TemplateContext => {
  context.templateContext ??= madeContext(context);
  return context.templateContext;
};

const madeContext = (context: RestContext): TemplateContext => {
  const { isCanaryRequest, resourceId, resourcePath, ...values } = requestContext(context);
  return templateContext({
    resourceId,
    resourcePath,
    ...values,
    // A text, and there only on a stage with a canary.
    ...(isCanaryRequest !== undefined && { isCanaryRequest: String(isCanaryRequest) }),
  });
};
