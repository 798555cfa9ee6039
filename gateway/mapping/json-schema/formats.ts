import { isDateTime } from './format-date-time.ts';
import { isEmailAddress } from './format-email.ts';
import { isHostName, isIpv4Address, isIpv6Address } from './format-hosts.ts';
import { isUri } from './format-uri.ts';

/** What is wrong with a text by a format, in the validator's words; null where nothing is. */
export type Format = (text: string) => string | null;

const of =
  (isValid: (text: string) => boolean, ending: string): Format =>
  (text) =>
    isValid(text) ? null : `string "${text}" is ${ending}`;

const hexadecimal =
  (length: number): Format =>
  (text) => {
    if (text.length !== length) return `input string has incorrect length (${text.length}, expected ${length})`;
    const index = text.search(/[^0-9a-fA-F]/);
    return index === -1 ? null : `illegal character "${text[index]}" in input at index ${index}`;
  };

const base64: Format = (text) => {
  if (text.length % 4 !== 0) return `input has illegal length (must be a multiple of 4, found ${text.length})`;
  const index = text.replace(/==?$/, '').search(/[^a-zA-Z0-9+/]/);
  return index === -1 ? null : `illegal character "${text[index]}" at index ${index} (not in Base64 alphabet)`;
};

const isRegex = (text: string): boolean => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

const inputString =
  (pattern: RegExp, what: string): Format =>
  (text) =>
    pattern.test(text) ? null : `input string "${text}" is not a valid ${what}`;

const dateTimes = "[yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{1,12}Z]";

/** The formats that the validator knows with draft 4, all of strings. It lets any other pass. */
export const formats: Readonly<Record<string, Format>> = {
  'date-time': of(isDateTime, `invalid against requested date format(s) ${dateTimes}`),
  email: of(isEmailAddress, 'not a valid email address'),
  hostname: of(isHostName, 'not a valid hostname'),
  ipv4: of(isIpv4Address, 'not a valid IPv4 address'),
  ipv6: of(isIpv6Address, 'not a valid IPv6 address'),
  regex: of(isRegex, 'not a valid ECMA 262 regular expression'),
  uri: of(isUri, 'not a valid URI'),
  base64,
  'json-pointer': inputString(/^(?:\/(?:[^~/]|~[01])*)*$/, 'JSON Pointer'),
  mac: inputString(/^[A-Za-z0-9]{2}(?::[A-Za-z0-9]{2}){5}$/, 'MAC address'),
  md5: hexadecimal(32),
  sha1: hexadecimal(40),
  sha256: hexadecimal(64),
  sha512: hexadecimal(128),
  // Java's UUID takes groups of any length.
  uuid: inputString(/^(?=.{1,36}$)[0-9a-fA-F]{1,16}(?:-[0-9a-fA-F]{1,16}){4}$/, 'UUID'),
};
