import type { Reader } from '../reader.ts';

/** The name of a stage; only HTTP APIs have `$default`. */
export const stageName = (reader: Reader, kind: 'REST' | 'HTTP' | 'WEBSOCKET'): string => {
  const name = reader.required('StageName');
  if (name !== '' && !/^[A-Za-z0-9_-]{1,128}$/.test(name) && !(kind === 'HTTP' && name === '$default')) {
    reader.refuse(
      'StageName',
      `${JSON.stringify(name)} is no name for a stage.`,
      'It takes letters, digits, hyphens and underscores.',
    );
  }
  return name;
};

/** The variables of a REST API's stage, in the characters that API Gateway takes. */
export const stageVariables = (reader: Reader): Readonly<Record<string, string>> => {
  const variables = reader.textMap('Variables');
  for (const [name, value] of Object.entries(variables)) {
    if (/^\w+$/.test(name) && /^[A-Za-z0-9._~:/?#&=,-]+$/.test(value)) continue;
    reader.refuse(
      'Variables',
      `The stage variable ${name} is ${JSON.stringify(value)}.`,
      'Names take letters, digits and underscores; values also - . ~ : / ? # & = and commas.',
    );
  }
  return variables;
};
