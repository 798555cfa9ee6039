import { describe, expect, test } from 'vitest';
import { notHonouredText, supportLinesText, supportText } from '#gateway/commands/check-text.ts';
import { paintFor } from '#gateway/commands/terminal.ts';
import type { SupportLine } from '#gateway/template/support.ts';

const line = (logicalId: string, property: string, note: string): SupportLine => ({
  logicalId,
  resourceType: logicalId === '' ? '' : 'AWS::SQS::Queue',
  property,
  level: 'not honoured',
  note,
  place: { file: 'template.yaml', line: 1, column: 1 },
});

test('each reason stands once, with the resources or the section it holds for', () => {
  const text = notHonouredText(
    [
      line('', 'Rules', 'rules are not checked'),
      line('A', '', 'no queue'),
      line('B', 'Tags', 'no queue'),
      line('C', '', 'no queue'),
    ],
    paintFor({ isTTY: false }),
  );
  expect(text.split('\n').slice(1, 3)).toEqual([
    '  ·  rules are not checked  Rules',
    '  ·  no queue               A (AWS::SQS::Queue), B and 1 more',
  ]);
});

describe('the long form', () => {
  const paint = paintFor({ isTTY: false });
  const place = { file: 'template.yaml', line: 12, column: 7 };
  const lines: readonly SupportLine[] = [
    { logicalId: 'Fn', resourceType: 'AWS::Serverless::Function', property: '', level: 'honoured', note: '', place },
    {
      logicalId: 'Fn',
      resourceType: 'AWS::Serverless::Function',
      property: 'RecursiveLoop',
      level: 'not honoured',
      note: 'loops are not detected, however long they run and whatever they cost in the end',
      place,
    },
    { logicalId: '', resourceType: '', property: 'Hooks', level: 'not honoured', note: 'hooks do not run', place },
  ];

  test.each([80, 120, 200])('fits a terminal of %i columns, with every place', (columns) => {
    const text = supportText(lines, paint, columns);
    for (const row of text.split('\n')) expect(row.length).toBeLessThanOrEqual(columns);
    expect(text.match(/template\.yaml:12:7/g)).toHaveLength(lines.length);
    expect(text.replace(/\s+/g, ' ')).toContain(lines[1]!.note);
  });

  test('names each resource once under a level, what is not honoured last', () => {
    expect(supportText(lines, paint, 200)).toBe(`honoured: 1
  Fn AWS::Serverless::Function
    the resource  template.yaml:12:7

not honoured: 2
  Fn AWS::Serverless::Function
    RecursiveLoop  template.yaml:12:7  loops are not detected, however long they run and whatever they cost in the end
  the template
    Hooks  template.yaml:12:7  hooks do not run
`);
  });

  test('in a pipe every line stands for itself', () => {
    const rows = supportLinesText(lines, paint).trimEnd().split('\n');
    expect(rows).toHaveLength(lines.length);
    expect(rows[1]).toMatch(/^not honoured +Fn +RecursiveLoop +template\.yaml:12:7 +loops are not detected/);
  });
});
