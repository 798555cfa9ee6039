/** Whether a path is one of AWS's dated ones, `/2015-03-31/functions`, that Lambda serves. */
export const isLambdaPath = (path: string): boolean =>
  /^\/\d{4}-\d{2}-\d{2}\/(?:functions|account-settings|event-source-mappings|layers|layers-by-arn|tags|code-signing-configs)(?:\/|$)/.test(
    path,
  );
