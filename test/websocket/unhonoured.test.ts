import { expect, test } from 'vitest';
import { integration, route } from './live-api.ts';
import { servePlane } from './served-plane.ts';

test('what integrations ask for and the gateway ignores is told at the start, once for all stages', async () => {
  const response = {
    integrationResponseKey: '$default',
    templateSelectionExpression: null,
    responseTemplates: {},
    responseParameters: { 'route.response.header.x': "'1'" },
    contentHandlingStrategy: 'CONVERT_TO_TEXT',
  } as const;
  const { observations } = await servePlane({
    routes: [route('bid'), route('watch')],
    integrations: [
      integration('bid', {
        requestParameters: { 'integration.request.header.connectionId': 'context.connectionId' },
        contentHandlingStrategy: 'CONVERT_TO_BINARY',
        responses: [response],
      }),
      integration('unused', { contentHandlingStrategy: 'CONVERT_TO_BINARY' }),
    ],
    stages: { dev: {}, prod: {} },
  });
  expect(observations.flatMap((seen) => (seen.kind === 'notice' ? [seen.text] : []))).toEqual([
    "template.yaml:1:1: the integration's request parameters are ignored: integration.request.header.connectionId",
    "template.yaml:1:1: the integration's request content handling strategy is ignored: CONVERT_TO_BINARY",
    "template.yaml:1:1: the integration's response parameters for $default are ignored: route.response.header.x",
    "template.yaml:1:1: the integration's response content handling strategy for $default is ignored: CONVERT_TO_TEXT",
  ]);
});
