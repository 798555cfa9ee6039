import { isIpv6Address } from './format-hosts.ts';

/** What Java's URI takes beside ASCII: what is neither a space nor a control character. */
const beyondAscii = '[^\\u0000-\\u00a0\\p{Z}\\p{Cc}]';
const made = (signs: string): RegExp => new RegExp(`^(?:[A-Za-z0-9${signs}]|%[0-9a-fA-F]{2}|${beyondAscii})*$`, 'u');

const unreserved = "_\\-!.~'()*";
const anything = made(`${unreserved};/?:@&=+$,\\[\\]`);
const path = made(`${unreserved}:@&=+$,;/`);
const registry = made(`${unreserved}$,;:@&=+`);
const scheme = /^[A-Za-z][A-Za-z0-9+.-]*$/;

/** Whether java.net.URI takes a text: relative references too. */
export const isUri = (text: string): boolean => {
  const [, beforeFragment = '', fragment = ''] = /^([^#]*)#?([\s\S]*)$/.exec(text) ?? [];
  if (!anything.test(fragment)) return false;
  const colon = beforeFragment.search(/[:/?]/);
  if (colon === -1 || beforeFragment[colon] !== ':') return isHierarchical(beforeFragment, text.includes('#'));
  const rest = beforeFragment.slice(colon + 1);
  if (!scheme.test(beforeFragment.slice(0, colon)) || rest === '') return false;
  if (!rest.startsWith('/')) return anything.test(rest);
  return isHierarchical(rest, text.includes('#'));
};

const isHierarchical = (text: string, isFollowed: boolean): boolean => {
  const [, authority, at = '', query = ''] = /^(?:\/\/([^/?]*))?([^?]*)\??([\s\S]*)$/.exec(text) ?? [];
  if (authority === '' && at === '' && !text.includes('?') && !isFollowed) return false;
  return (!authority || isAuthority(authority)) && path.test(at) && anything.test(query);
};

const isAuthority = (authority: string): boolean => {
  const literal = /^(?:[^[\]]*@)?\[([^[\]]*)\](?::\d*)?$/.exec(authority);
  return literal ? isIpv6Address(literal[1]!) : registry.test(authority);
};
