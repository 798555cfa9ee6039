/**
 * Overrides of a template's parameters in every form that SAM CLI takes: `A=1 B="x y"`,
 * `ParameterKey=A,ParameterValue=1`, `file://values.yaml`, a map of values (a list is joined, `$include` names files), or a
 * list of any of these, of which a later one wins.
 */
export type ParameterOverrides = string | { readonly [name: string]: unknown } | readonly ParameterOverrides[];
