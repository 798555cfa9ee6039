import { describe, expect, test } from 'vitest';
import { type InputParameters, inputFactory } from '#gateway/mapping/input.ts';
import { compilePath } from '#gateway/mapping/jsonpath/compile-path.ts';
import { requestOverrideOf, responseOverrideOf, templateContext } from '#gateway/mapping/template-context.ts';
import { util } from '#gateway/mapping/template-utility.ts';
import { compileTemplate, type Scope } from '#gateway/mapping/vtl/template.ts';

const inputOf = inputFactory(compilePath);
const none: InputParameters = { path: {}, querystring: {}, header: {} };

const render = (template: string, body: string, parameters = none, more: Scope = {}): string =>
  compileTemplate(template).render({ input: inputOf({ body, parameters: () => parameters }), util, ...more });

describe('$input', () => {
  const lot = '{ "id": "l-1", "bids": [ { "cents": 100 }, { "cents": 250 } ], "url": "a/b", "note": "say \\"hi\\"" }';

  test('body is the payload as it came, and an empty payload an empty object', () => {
    expect(render('$input.body', lot)).toBe(lot);
    expect(render('$input.body|$input.body.id|$input.json("$")', '')).toBe('{}||{}');
  });

  test('json writes what a path finds as JSON', () => {
    expect(render("$input.json('$')", lot)).toBe(JSON.stringify(JSON.parse(lot)));
    expect(render("$input.json('$.id') $input.json('$.note')", lot)).toBe('"l-1" "say \\"hi\\""');
    expect(render("$input.json('$.bids')", lot)).toBe('[{"cents":100},{"cents":250}]');
    expect(render("$input.json('$.bids[*].cents') $input.json('$.bids[0].cents')", lot)).toBe('[100,250] 100');
    expect(render("$input.json('$.url')", lot)).toBe('"a/b"');
    expect(render("$input.json('$')", '{"n":1.0,"2":1,"1":2,"e":"\\u00e9\\u2028"}')).toBe(
      '{"n":1.0,"2":1,"1":2,"e":"é\\u2028"}',
    );
  });

  test('json of what is missing, or of no JSON, is an empty text', () => {
    expect(render("$input.json('$.owner')", lot)).toBe('""');
    expect(render("$input.json('$.a')", 'make=Saab')).toBe('""');
    expect(render("$input.json('$')", 'make=Saab')).toBe('""');
  });

  test('path gives the value itself', () => {
    expect(render("$input.path('$.id') $input.path('$.bids').size() $input.path('$.bids[1]').cents", lot)).toBe(
      'l-1 2 250',
    );
    expect(render("$input.path('$.bids') $input.path('$.bids[0]')", lot)).toBe(
      '[{"cents":100},{"cents":250}] {cents=100}',
    );
    expect(render("#if($input.path('$.owner') == '')none#end[$input.path('$.owner')]", lot)).toBe('none[]');
    expect(render("#foreach($b in $input.path('$.bids'))$b.cents;#end", lot)).toBe('100;250;');
  });

  test('what a template changes by way of path shows in json', () => {
    const template = `#set($lot = $input.path('$'))#set($lot.url = "/lots/$lot.id")#set($lot.tags = [1, "a/b", {}])`;
    expect(JSON.parse(render(`${template}$input.json('$')`, lot))).toEqual({
      ...JSON.parse(lot),
      url: '/lots/l-1',
      tags: [1, 'a/b', {}],
    });
    expect(render(`$input.json('$.url')${template}$input.json('$.url')`, lot)).toBe('"a/b""/lots/l-1"');
  });

  test('a payload that is no JSON is its own text', () => {
    expect(render("#foreach($p in $input.path('$').split('&'))$p;#end", 'make=Saab&year=1993')).toBe(
      'make=Saab;year=1993;',
    );
  });

  test('a path that cannot be read fails where it stands', () => {
    expect(() => render("\n  $input.path('$.a[?(')", lot)).toThrow(/line 2, column 9: path\(\)/);
  });

  test('params in all its forms', () => {
    const parameters: InputParameters = {
      path: { id: 'path', only: 'p' },
      querystring: { id: 'query', sort: 'desc' },
      header: { id: 'header', Accept: 'text/html' },
    };
    const shown = (template: string): string => render(template, '', parameters);
    expect(shown("$input.params('id') $input.params('sort') $input.params('Accept') [$input.params('none')]")).toBe(
      'path desc text/html []',
    );
    expect(shown('$input.params().keySet() $input.params().querystring')).toBe(
      '[path, querystring, header] {id=query, sort=desc}',
    );
    expect(shown("$input.params().header.get('Accept') [$input.params().header.get('accept')]")).toBe('text/html []');
    expect(shown("$input.params('header')")).toBe('');
    expect(shown("#if($input.params('none') == '')absent#end")).toBe('absent');
  });
});

describe('$util', () => {
  const shown = (template: string, text: unknown): string =>
    compileTemplate(template).render({ util, text: text as string });

  test.each([
    ['plain text: 1, 2!', 'plain text: 1, 2!'],
    ['say "hi"', 'say \\"hi\\"'],
    ["it's", "it\\'s"],
    ['a/b\\c', 'a\\/b\\\\c'],
    ['two\nlines\r\t\b\f', 'two\\nlines\\r\\t\\b\\f'],
    ['é€😀', '\\u00E9\\u20AC\\uD83D\\uDE00'],
    ['\u0001', '\\u0001'],
    [12, '12'],
    [true, 'true'],
    [null, 'null'],
  ])('escapeJavaScript of %j', (text, escaped) => {
    expect(shown('$util.escapeJavaScript($text)', text)).toBe(escaped);
  });

  test('escapeJavaScript and what makes JSON of it', () => {
    const template = '{"a":"$util.escapeJavaScript($text).replaceAll("\\\\\'","\'")"}';
    expect(JSON.parse(shown(template, 'it\'s "a/b"\n'))).toEqual({ a: 'it\'s "a/b"\n' });
  });

  test('parseJson', () => {
    expect(shown('#set($o = $util.parseJson($text))$o.a.b[1] $o.n $o', '{"a":{"b":[1,2]},"n":1.0}')).toBe(
      '2 1.0 {a={b=[1,2]}, n=1.0}',
    );
    expect(shown('#set($o = $util.parseJson($text))#set($o = $o + 1)$o', '41')).toBe('42');
    expect(() => shown('$util.parseJson($text)', '{')).toThrow(/parseJson/);
  });

  test('urlEncode and urlDecode are those of forms', () => {
    expect(shown('$util.urlEncode($text)', '{"some": "value"}')).toBe('%7B%22some%22%3A+%22value%22%7D');
    expect(shown('$util.urlEncode($text)', 'a-b_c.d*~é😀')).toBe('a-b_c.d*%7E%C3%A9%F0%9F%98%80');
    expect(shown('$util.urlDecode($text)', 'a+b%26c%C3%A9')).toBe('a b&cé');
    expect(shown('[$util.urlEncode($text)]', null)).toBe('[]');
  });

  test('base64Encode and base64Decode', () => {
    expect(shown('$util.base64Encode($text)', 'né')).toBe('bsOp');
    expect(shown('$util.base64Decode($text)', 'bsOp')).toBe('né');
  });

  test('has nothing else', () => {
    expect(shown('[$util.toJson($text)][$util.time][$util.escapeJavaScript()][$util]', 'x')).toBe('[][][][]');
  });
});

describe('$context', () => {
  const values = { stage: 'dev', requestTimeEpoch: 1_700_000_000_000, identity: { sourceIp: '203.0.113.7' } };

  test('has its values, and overrides that are empty', () => {
    expect(
      render('$context.stage $context.identity.sourceIp $context.requestTimeEpoch [$context.identity.user]', '', none, {
        context: templateContext(values),
      }),
    ).toBe('dev 203.0.113.7 1700000000000 []');
    const context = templateContext(values);
    expect(requestOverrideOf(context)).toEqual({ header: new Map(), path: new Map(), querystring: new Map() });
    expect(responseOverrideOf(context)).toEqual({ header: new Map(), status: null });
  });

  test('overrides written in any way are read back', () => {
    const context = templateContext(values);
    const template = `
      #set($context.requestOverride.header.X-One = "1")
      #set($context["requestOverride"].querystring["page"] = 2)
      #set($q = $context.requestOverride.querystring.put("sort", "desc"))
      #set($context.requestOverride.path.id = ["a", "b"])
      #set($context.responseOverride.status = 201)
      #set($context.responseOverride.header["Location"] = "/lots/1")
      #set($context.responseOverride.custom = "kept")`;
    render(template, '', none, { context });
    expect(requestOverrideOf(context)).toEqual({
      header: new Map([['X-One', ['1']]]),
      querystring: new Map([
        ['page', ['2']],
        ['sort', ['desc']],
      ]),
      path: new Map([['id', ['a', 'b']]]),
    });
    expect(responseOverrideOf(context)).toEqual({ header: new Map([['Location', ['/lots/1']]]), status: 201 });
    expect(
      render('$context.responseOverride.custom $context.requestOverride.querystring.page', '', none, { context }),
    ).toBe('kept 2');
  });

  test('a status that is none counts for nothing', () => {
    for (const status of ['"teapot"', '99', '600', '200.5', '""']) {
      const context = templateContext(values);
      render(`#set($context.responseOverride.status = ${status})`, '', none, { context });
      expect(responseOverrideOf(context).status).toBeNull();
    }
  });

  test('one request never sees what another has set', () => {
    render('#set($context.responseOverride.status = 500)', '', none, { context: templateContext(values) });
    expect(responseOverrideOf(templateContext(values)).status).toBeNull();
  });
});
