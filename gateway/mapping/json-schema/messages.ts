import { type JsonNumber, jsonText, type TypeName, typeNames } from './json-node.ts';

/**
 * What is wrong with a value, in the words of com.github.java-json-tools:json-schema-validator, which API Gateway shows as
 * `$context.error.validationErrorString`.
 */
export const messages = {
  type: (found: TypeName, allowed: ReadonlySet<TypeName>): string =>
    `instance type (${found}) does not match any allowed primitive type (allowed: ${jsonText(typeNames.filter((name) => allowed.has(name)))})`,
  enum: (value: unknown, possible: readonly unknown[]): string =>
    `instance value (${jsonText(value)}) not found in enum (possible values: ${jsonText(possible)})`,
  minimum: (minimum: JsonNumber, found: JsonNumber): string =>
    `numeric instance is lower than the required minimum (minimum: ${jsonText(minimum)}, found: ${jsonText(found)})`,
  exclusiveMinimum: (minimum: JsonNumber): string =>
    `numeric instance is not strictly greater than the required minimum ${jsonText(minimum)}`,
  maximum: (maximum: JsonNumber, found: JsonNumber): string =>
    `numeric instance is greater than the required maximum (maximum: ${jsonText(maximum)}, found: ${jsonText(found)})`,
  exclusiveMaximum: (maximum: JsonNumber): string =>
    `numeric instance is not strictly lower than the required maximum ${jsonText(maximum)}`,
  multipleOf: (value: JsonNumber, divisor: JsonNumber): string =>
    `remainder of division is not zero (${jsonText(value)} / ${jsonText(divisor)})`,
  minLength: (value: string, found: number, minimum: number): string =>
    `string "${value}" is too short (length: ${found}, required minimum: ${minimum})`,
  maxLength: (value: string, found: number, maximum: number): string =>
    `string "${value}" is too long (length: ${found}, maximum allowed: ${maximum})`,
  pattern: (pattern: string, value: string): string =>
    `ECMA 262 regex "${pattern}" does not match input string "${value}"`,
  minItems: (minimum: number, found: number): string =>
    `array is too short: must have at least ${minimum} elements but instance has ${found} elements`,
  maxItems: (maximum: number, found: number): string =>
    `array is too long: must have at most ${maximum} elements but instance has ${found} elements`,
  uniqueItems: (): string => 'array must not contain duplicate elements',
  additionalItems: (allowed: number, found: number): string =>
    `schema only allows ${allowed} elements in array but instance has ${found} elements`,
  minProperties: (found: number, minimum: number): string =>
    `object has too few properties (found ${found} but schema requires at least ${minimum})`,
  maxProperties: (found: number, maximum: number): string =>
    `object has too many properties (found ${found} but schema requires at most ${maximum})`,
  required: (missing: readonly string[]): string => `object has missing required properties (${jsonText(missing)})`,
  additionalProperties: (unwanted: readonly string[]): string =>
    `object instance has properties which are not allowed by the schema: ${jsonText(unwanted)}`,
  dependencies: (name: string, required: readonly string[], missing: readonly string[]): string =>
    `property "${name}" of object has missing property dependencies (schema requires ${jsonText(required)}; missing: ${jsonText(missing)})`,
  anyOf: (schemas: number): string => `instance failed to match at least one required schema among ${schemas}`,
  allOf: (matched: number, schemas: number): string =>
    `instance failed to match all required schemas (matched only ${matched} out of ${schemas})`,
  oneOf: (matched: number, schemas: number): string =>
    `instance failed to match exactly one schema (matched ${matched} out of ${schemas})`,
  not: (): string => 'instance matched a schema which it should not have',
};
