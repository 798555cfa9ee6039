/** A condition that the user must mend; its text is all that is shown. */
export class SetupError extends Error {}
