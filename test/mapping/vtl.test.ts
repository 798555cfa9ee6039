import { describe, expect, test } from 'vitest';
import { VtlRenderError, VtlSyntaxError } from '#gateway/mapping/vtl/errors.ts';
import { readJson } from '#gateway/mapping/vtl/read-json.ts';
import { compileTemplate, type Scope } from '#gateway/mapping/vtl/template.ts';
import { HostObject, type Value } from '#gateway/mapping/vtl/values/value.ts';

const render = (template: string, scope: Scope = {}): string => compileTemplate(template).render(scope);

const failure = (template: string, scope: Scope = {}): unknown => {
  try {
    return render(template, scope);
  } catch (error) {
    return error;
  }
};

const lot = { id: 'l-1', make: 'Saab', bids: [{ cents: 100 }, { cents: 250 }], sold: false };

describe("API Gateway's dialect", () => {
  test('what is unresolved shows as nothing, however it is written', () => {
    expect(render('[$a][$!a][${a}][$a.b.c][$a.b()][$lot.owner][$lot.make.foo()]', { lot })).toBe('[][][][][][][]');
    expect(render('#set($text = "$lot.make $lot.owner!")$text', { lot })).toBe('Saab !');
    expect(render('#macro(m $a)[$a]#end#m($missing)')).toBe('[]');
  });

  test('what is missing equals an empty text and null', () => {
    const equal = (condition: string): string => render(`#if(${condition})yes#{else}no#end`, { lot });
    expect(equal('$lot.owner == ""')).toBe('yes');
    expect(equal('$lot.owner == $null')).toBe('yes');
    expect(equal('$lot.owner != ""')).toBe('no');
    expect(equal('$lot.make == ""')).toBe('no');
    expect(equal('$lot.owner')).toBe('no');
    expect(equal('"" == $lot.owner')).toBe('yes');
  });

  test('an empty text is true, as it is to Velocity 1.7', () => {
    expect(render('#if($empty)yes#{else}no#end', { empty: '' })).toBe('yes');
  });

  test('a loop ends after 1000 rounds', () => {
    expect(render('#set($n = 0)#foreach($i in [1..5000])#set($n = $n + 1)#end$n')).toBe('1000');
  });

  test('a template has at most 300 KB, counted in bytes', () => {
    expect(render('é'.repeat(150 * 1024))).toHaveLength(150 * 1024);
    expect(failure(`${'é'.repeat(150 * 1024)}x`)).toBeInstanceOf(VtlSyntaxError);
  });

  test('macros call themselves at most 20 deep', () => {
    expect(failure('#macro(m)#m()#end\n #m()')).toMatchObject({ name: 'VtlRenderError', line: 1 });
  });

  test('no value leads to its class', () => {
    for (const way of [
      '$lot.class',
      '$lot.getClass()',
      '$text.class.name',
      '$text.getClass().forName("java.lang.Runtime")',
    ])
      expect(render(`[${way}]`, { lot, text: 'x' })).toBe('[]');
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(render(`[$lot["${name}"]][$lot.get("${name}")]`, { lot })).toBe('[][]');
    expect(render('[$lot.constructor][$lot.toString][$lot.valueOf]', { lot })).toBe('[][][]');
    expect(render('[$constructor][$__proto__]')).toBe('[][]');
  });

  test('a template can name members as the prototype does', () => {
    expect(render('#set($m = {})#set($m.constructor = 1)$m.constructor')).toBe('1');
    expect(render('#set($o["__proto__"] = 1)$o["__proto__"] $o.size()', { o: {} })).toBe('1 1');
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });
});

describe('errors', () => {
  test.each([
    ['{\n  "a": #if($x\n}', 3, 1, 'expected'],
    ['a\n  #foreach($i in $list)\n$i', 2, 3, '“#foreach” has no “#end”'],
    ['x\n#end', 2, 1, '“#end” belongs to no directive'],
    ['#set($x = "open)', 1, 11, 'closing "'],
    ['\n${x', 2, 4, 'of the reference'],
    ['#if(true)a#else b#elseif(true)c#end', 1, 18, '“#elseif” cannot stand here'],
    ['#parse("secrets.vm")', 1, 1, 'API Gateway does not have'],
    ['#set($s = "a\n$x.foo(")")', 2, 8, 'missing at the end'],
    ['#macro()x#end', 1, 1, 'wants a name'],
    ['ends in $', 1, 9, 'cannot end'],
    ['#set($x = 1 +)', 1, 14, 'a value expected'],
  ])('%j cannot be read at %i:%i', (template, line, column, reason) => {
    const error = failure(template);
    expect(error).toBeInstanceOf(VtlSyntaxError);
    expect(error).toMatchObject({ line, column, message: expect.stringContaining(reason) });
  });

  test.each([
    ['ok\n $text.substring(9)', 2, 7, 'StringIndexOutOfBounds'],
    ['$list[7]', 1, 6, 'out of bounds'],
    ['\n\n$text.replaceAll("(", "")', 3, 6, 'PatternSyntaxException'],
    ['#break($text)', 1, 1, 'no scope'],
    ["#set($t = '#if')#evaluate($t)", 1, 17, 'missing'],
    ['#foreach($i in $list)$list.add(1)#end', 1, 1, 'changed'],
    ['#foreach($k in $map.keySet())#set($map.c = 1)#end', 1, 1, 'changed'],
  ])('%j fails at %i:%i', (template, line, column, reason) => {
    const error = failure(template, { text: 'abc', list: [1, 2], map: { a: 1, b: 2 } });
    expect(error).toMatchObject({ line, column, message: expect.stringContaining(reason) });
  });

  test('an empty match passes a character of two halves', () => {
    expect(render('$text.replaceAll("", "-") $text.split("").size()', { text: 'a😀b' })).toBe('-a-😀-b- 3');
  });

  test('what repeats without end fails and takes nothing down', () => {
    expect(failure('$text.repeat(2000000000)', { text: 'abc' })).toBeInstanceOf(VtlRenderError);
    const endless = '#set($l = [1])#set($q = $l.add([$l]))#set($q = $l.get(1).add($l))$l';
    expect(failure(endless)).toBeInstanceOf(VtlRenderError);
  });
});

describe('a compiled template', () => {
  test('renders many times, each with values of its own', () => {
    const template = compileTemplate('#set($n = $n + 1)$n#if($kept)kept#end#set($kept = true)');
    expect([1, 2, 3].map((n) => template.render({ n }))).toEqual(['2', '3', '4']);
  });

  test('tells what it asks for', () => {
    const template = compileTemplate('#foreach($b in $lot.bids)"$context.stage"#end');
    expect(['lot', 'context', 'input'].map(template.mentions)).toEqual([true, true, false]);
    expect(compileTemplate('#evaluate($t)').mentions('input')).toBe(true);
  });

  test('changes what it was given, which is how overrides are read back', () => {
    const override = { header: {} };
    render('#set($o.header.Location = "/lots/$lot.id")$o.header.put("X-Bids", $lot.bids.size())', { o: override, lot });
    expect(override).toEqual({ header: { Location: '/lots/l-1', 'X-Bids': 2 } });
  });

  test('#evaluate sees the values and leaves its own', () => {
    const scope = { t: '#set($sum = $lot.bids.size() * 2)$late', lot, late: 'x' };
    expect(render("#evaluate($t)$sum#set($u = '$sum')#evaluate($u)", scope)).toBe('x44');
  });
});

describe('JSON for a template', () => {
  const shown = (json: string, template = '$v'): string => render(template, { v: readJson(json) });

  test('keeps what JavaScript would lose', () => {
    expect(shown('{"b":1,"2":"two","1":1.0,"big":12345678901234567890,"e":1e3}')).toBe(
      '{b=1, 2=two, 1=1.0, big=12345678901234567890, e=1000.0}',
    );
    expect(shown('[1.0, 9007199254740993, 0.1000000000000000055]')).toBe(
      '[1.0,9007199254740993,0.1000000000000000055]',
    );
    expect(shown('{"__proto__":{"a":1}}', '$v.a $v["__proto__"].a')).toBe(' 1');
    expect(shown(' { "n" : [ 1.0 , "a\\"}" , { } , [ ] , null, true ] } ')).toBe('{n=[1.0,"a\\"}",{},[],null,true]}');
  });

  test('refuses what is no JSON', () => {
    expect(() => readJson('{"a":1.0,}')).toThrow(SyntaxError);
  });
});

test('a host object has the methods that it names and no others', () => {
  class Clock extends HostObject {
    readonly secret = 'kept';
    override property(name: string): Value {
      return name === 'zone' ? 'UTC' : undefined;
    }
    override call(name: string, values: readonly Value[]): Value {
      return name === 'plus' ? Number(values[0]) + 1 : undefined;
    }
  }
  expect(render('$c.zone $c.plus(1) [$c.secret][$c.call("plus")][$c.constructor][$c]', { c: new Clock() })).toBe(
    'UTC 2 [][][][]',
  );
});
