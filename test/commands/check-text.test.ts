import { expect, test } from 'vitest';
import { notHonouredText } from '#gateway/commands/check-text.ts';
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
