import { JavaException } from '../java-regex/java-exception.ts';
import { decodeFormText } from './percent-encoding.ts';
import { readJson } from './vtl/read-json.ts';
import { partText, toText } from './vtl/values/text.ts';
import { HostObject, type Value } from './vtl/values/value.ts';

const short: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  39: "\\'",
  47: '\\/',
  92: '\\\\',
};

/** By code, for ASCII: 1 for what must be escaped. The delete character passes as printable. */
const escapes = Uint8Array.from({ length: 128 }, (_, code) => (code < 32 || short[code] !== undefined ? 1 : 0));

/** Escapes as for a script: quotes of both kinds, backslash, slash, and all beyond printable ASCII. */
export const escapeJavaScript = (text: string): string => {
  let escaped = '';
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && escapes[code] === 0) continue;
    escaped += text.slice(copied, at) + (short[code] ?? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`);
    copied = at + 1;
  }
  return copied === 0 ? text : escaped + text.slice(copied);
};

const safe = /^[a-zA-Z0-9.*_-]*$/;
const unsafe = /[^a-zA-Z0-9.*_-]+/g;

const encodeRun = (run: string): string => {
  let encoded = '';
  for (const byte of Buffer.from(run, 'utf8')) {
    encoded += byte === 32 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
};

/** Encodes as an HTML form does: a blank is a plus. */
export const urlEncode = (text: string): string => (safe.test(text) ? text : text.replaceAll(unsafe, encodeRun));

const parse = (value: Value): Value => {
  try {
    return readJson(partText(value));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new JavaException(`$util.parseJson was given a text that is no JSON: ${error.message}`);
    throw error;
  }
};

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

class Util extends HostObject {
  override call(name: string, values: readonly Value[]): Value {
    if (values.length !== 1) return undefined;
    const value = values[0];
    switch (name) {
      case 'escapeJavaScript':
        return escapeJavaScript(typeof value === 'string' ? value : partText(value));
      case 'parseJson':
        return parse(value);
      case 'urlEncode':
        return urlEncode(toText(value) ?? '');
      case 'urlDecode':
        return decodeFormText(toText(value) ?? '');
      case 'base64Encode':
        return base64(toText(value) ?? '');
      case 'base64Decode':
        return fromBase64(toText(value) ?? '');
      default:
        return undefined;
    }
  }
}

/** `$util`, which has nothing of a request's own. */
export const util: HostObject = new Util();
