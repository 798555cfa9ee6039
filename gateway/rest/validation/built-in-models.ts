const draft4 = 'http://json-schema.org/draft-04/schema#';

/** The schemas of the models that every REST API has. */
export const builtInModels: Readonly<Record<string, unknown>> = {
  Empty: { $schema: draft4, title: 'Empty Schema', type: 'object' },
  Error: {
    $schema: draft4,
    title: 'Error Schema',
    type: 'object',
    properties: { message: { type: 'string' } },
  },
};
