/** Lets debuggers attach to this environment alone, on a port that the system chooses. */
export const openInspector = (): number => {
  // Loaded where it is needed: every environment would carry it.
  const inspector = process.getBuiltinModule('node:inspector');
  inspector.open(0, '127.0.0.1');
  return Number(new URL(inspector.url()!).port);
};
