/**
 * `node scripts/lint-templates.ts LINTER`: lints template.yaml and the SAM templates of the oracle with cfn-lint, and fails for
 * every finding but those below, and for each of those that is no more.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** What cfn-lint finds in templates that are meant to be as they are: the checks by file, and why. */
const accepted: Readonly<Record<string, { readonly checks: readonly string[]; readonly why: string }>> = {
  'conditions.yaml': { checks: ['W1028'], why: 'conditions that exclude each other are its subject' },
  'conditions-in-one-api.yaml': { checks: ['W8003'], why: 'one condition always holds, and one never does' },
  'function-kafka.yaml': {
    checks: ['E3002', 'E3003', 'E3017', 'E3030'],
    why: 'SchemaRegistryConfig and SecretsManagerKmsKeyId, which SAM takes, are not in cfn-lint’s schema of events',
  },
  'function-roles.yaml': {
    checks: ['W8001', 'W8003'],
    why: 'a condition that never holds stands in a list of policies',
  },
  'function-rules.yaml': {
    checks: ['E3002', 'E3003', 'E3017', 'E3030'],
    why: 'SAM takes Enabled and DeadLetterConfig at rules where cfn-lint’s schema of events has none',
  },
  'rest-auth-cognito.yaml': {
    checks: ['E3002', 'E3003', 'E3012', 'E3017'],
    why: 'SAM takes a list of user pools; cfn-lint’s schema takes one',
  },
  'rest-resource-policy.yaml': { checks: ['E3012'], why: 'SAM takes one custom statement without a list' },
};

const [linter] = process.argv.slice(2);
if (linter === undefined) throw new Error('Name the linter.');
const root = path.dirname(import.meta.dirname);
const folder = 'test/oracle/sam-translator/fixtures';
const templates = readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.yaml'));
const { stdout, stderr, status, error } = spawnSync(
  linter,
  [
    '--regions',
    'us-east-1',
    '--format',
    'parseable',
    '--template',
    'template.yaml',
    ...templates.map((file) => `${folder}/${file}`),
  ],
  { cwd: root, encoding: 'utf8', maxBuffer: 1e8 },
);
// Its exit code counts findings by their kind: 2, 4, 8 and what they add up to.
if (error || status === null || status === 1) throw error ?? new Error(stderr || stdout);

const findings = stdout.split('\n').filter((line) => line !== '');
const checkOf = (finding: string): readonly [file: string, check: string] => {
  const [, file, check] = /^(.*?):\d+:\d+:\d+:\d+:(\w+):/.exec(finding) ?? [];
  return [path.basename(file ?? ''), check ?? ''];
};
const wrong = findings.filter((finding) => {
  const [file, check] = checkOf(finding);
  return !accepted[file]?.checks.includes(check);
});
const seen = new Set(findings.map((finding) => checkOf(finding).join(' ')));
const stale = Object.entries(accepted).flatMap(([file, { checks }]) =>
  checks
    .filter((check) => !seen.has(`${file} ${check}`))
    .map((check) => `${folder}/${file}: there is no ${check} to accept any more`),
);
process.stdout.write(
  [
    ...wrong,
    ...stale,
    `${templates.length + 1} templates, ${Object.keys(accepted).length} of them with findings that are meant`,
  ]
    .map((line) => `${line}\n`)
    .join(''),
);
process.exitCode = wrong.length + stale.length > 0 ? 1 : 0;
