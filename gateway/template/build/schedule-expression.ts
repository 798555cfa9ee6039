import type { Reader } from '../reader.ts';

/** What EventBridge says of a schedule. Its Scheduler takes `at(…)` too and both numbers of a unit. */
export const checkSchedule = (reader: Reader, key: string, service: 'rule' | 'scheduler'): void => {
  const text = reader.text(key);
  // What another stack or a secret holds is not known here.
  if (text === null || text.includes('{{')) return;
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(text);
  if (rate && Number(rate[1]) > 0 && (service === 'scheduler' || (rate[1] === '1') === (rate[3] === ''))) return;
  if (/^cron\(\S+(?: +\S+){5}\)$/.test(text)) return;
  if (service === 'scheduler' && /^at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)$/.test(text)) return;
  const forms = [
    'rate(5 minutes)',
    'rate(1 hour)',
    'cron(0 12 * * ? *)',
    ...(service === 'scheduler' ? ['at(2030-01-01T00:00:00)'] : []),
  ];
  reader.refuse(key, `${JSON.stringify(text)} is no schedule.`, `Write one such as ${forms.join(', ')}.`);
};
