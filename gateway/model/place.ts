/** Where something stands in a source file, so that a message can lead there. Lines and columns start at 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

export const formatPlace = (place: Place): string => `${place.file}:${place.line}:${place.column}`;
