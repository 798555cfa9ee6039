import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiHosts } from '#gateway/mapping/api-host.ts';
import { compileBinaryMediaTypes, mediaTypeOf } from '#gateway/mapping/media-type.ts';
import { decodeFormText, decodePathText, encodePathText } from '#gateway/mapping/percent-encoding.ts';
import { headerText, utf8HeaderText } from '#gateway/mapping/request-headers.ts';
import { requestTime } from '#gateway/mapping/request-time.ts';
import { fillStageVariables } from '#gateway/mapping/stage-variables.ts';
import { traceIdOf } from '#gateway/mapping/trace-id.ts';

test.each([
  ['127.0.0.1:4501', 'abc.execute-api.eu-west-1.amazonaws.com', 'abc'],
  ['localhost', 'abc.execute-api.eu-west-1.amazonaws.com', 'abc'],
  ['market.localhost:80', 'abc.execute-api.eu-west-1.amazonaws.com', 'abc'],
  ['[::1]:4501', 'abc.execute-api.eu-west-1.amazonaws.com', 'abc'],
  [undefined, 'abc.execute-api.eu-west-1.amazonaws.com', 'abc'],
  ['api.example.com:8443', 'api.example.com', 'api'],
  ['127.0.0.1.evil.com', '127.0.0.1.evil.com', '127'],
])('the host %s is the domain %s', (host, domainName, domainPrefix) => {
  const hosts = apiHosts('abc', { id: '123456789012', region: 'eu-west-1', partition: 'aws' });
  expect(hosts.of(host)).toMatchObject({ domainName, domainPrefix });
});

test('the default endpoint of the partition in China', () => {
  const hosts = apiHosts('abc', { id: '123456789012', region: 'cn-north-1', partition: 'aws-cn' });
  expect(hosts.defaultEndpoint).toBe('abc.execute-api.cn-north-1.amazonaws.com.cn');
});

describe('percent-encoding', () => {
  test('whatever is form-encoded comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '+', '%', ' ', '&', '=', 'é', '€', '😀') }), (text) => {
        const encoded = new URLSearchParams([['', text]]).toString().slice(1);
        expect(decodeFormText(encoded)).toBe(new URLSearchParams(`=${encoded}`).get(''));
      }),
    );
  });

  test.each([
    ['%', '%'],
    ['%zz', '%zz'],
    ['%ff', '\ufffd'],
    ['a%25b', 'a%25b'],
    ['%E2%82%AC', '€'],
    ['a+b', 'a+b'],
  ])('in a path %s is %s', (text, decoded) => {
    expect(decodePathText(text)).toBe(decoded);
  });

  test.each(['plain', 'a%20b', '100%25', '%252F', '%E2%82%AC'])(
    'the segment %s comes back as it was sent',
    (segment) => {
      expect(encodePathText(decodePathText(segment))).toBe(segment);
    },
  );
});

test('the time of a request changes with the second', () => {
  const at = Date.UTC(2020, 2, 4, 19, 15, 17, 999);
  expect([at, at + 1, at].map(requestTime)).toEqual([
    '04/Mar/2020:19:15:17 +0000',
    '04/Mar/2020:19:15:18 +0000',
    '04/Mar/2020:19:15:17 +0000',
  ]);
});

test.each([
  ['Application/JSON; charset=utf-8', 'application/json'],
  ['text/html, image/png', 'text/html'],
  ['image/png;q=0.5, */*', 'image/png'],
  ['', ''],
])('the media type of %j is %j', (header, mediaType) => {
  expect(mediaTypeOf(header)).toBe(mediaType);
});

test.each([
  [[], 'image/png', false],
  [['image/png'], 'image/png', true],
  [['image/*'], 'image/jpeg', true],
  [['image/*'], 'imagex/jpeg', false],
  [['*/*'], '', true],
])('of %j, %j is binary: %s', (types, mediaType, expected) => {
  expect(compileBinaryMediaTypes(types)(mediaType)).toBe(expected);
});

test('stage variables: one that is not there is empty, inherited names are not there', () => {
  const filled = fillStageVariables('f:${stageVariables.a}:${stageVariables.none}:${stageVariables.constructor}', {
    a: 'live',
  });
  expect(filled).toBe('f:live::');
});

test('a trace without a root gets one', () => {
  const trace = traceIdOf('Self=1-2-3', 1_583_349_317_135);
  expect(trace.header).toMatch(/^Root=1-5e5ffe45-[0-9a-f]{24};Self=1-2-3$/);
  expect(trace.propagated).toMatch(/^Root=1-5e5ffe45-[0-9a-f]{24};Sampled=0$/);
});

test.each([
  ['plain\ttext', 'plain\ttext'],
  ['grüße', 'grüße'],
  ['10 €', '10 â\x82¬'],
  ['a\r\nb', null],
  ['€\n', null],
])('a header of %j goes out as %j', (value, text) => {
  expect(headerText(value)).toBe(text);
});

test.each([
  ['plain\ttext', 'plain\ttext'],
  ['grüße', 'grÃ¼Ã\x9fe'],
  ['10 €', '10 â\x82¬'],
  ['a\r\nb', null],
])('a text of %j goes out in a header as the UTF-8 %j', (value, text) => {
  expect(utf8HeaderText(value)).toBe(text);
});
