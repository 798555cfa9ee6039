/** Fills `${stageVariables.name}`; a variable that the stage does not have is an empty string. */
export const fillStageVariables = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{stageVariables\.([A-Za-z0-9_]+)\}/g, (_, name: string) =>
    Object.hasOwn(variables, name) ? variables[name]! : '',
  );
