import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { unpack } from '#gateway/lambda/build/unpack.ts';

/** Made by another implementation of the format: make.py stands beside them. */
const archives = fileURLToPath(new URL('./archives/', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'gavel-archives-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const unpacked = async (name: string): Promise<string> => {
  const result = await unpack(join(archives, name), join(directory, name));
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.folder;
};

describe('archives', () => {
  test.each(['plain', 'stored', 'comment', 'streamed', 'zip64', 'script-before', 'links'])(
    '%s.zip unpacks',
    async (name) => {
      const folder = await unpacked(`${name}.zip`);
      expect(readFileSync(join(folder, 'app.js'), 'utf8')).toContain('./lib/words.js');
      expect(readFileSync(join(folder, 'lib', 'words.js'), 'utf8')).toBe("exports.hello = 'zipped';\n");
    },
  );

  test('empty folders, what may be run, and links stay what they are', async () => {
    const plain = await unpacked('plain.zip');
    expect(readdirSync(join(plain, 'empty'))).toEqual([]);
    if (process.platform !== 'win32') {
      expect(statSync(join(plain, 'run.sh')).mode & 0o111).toBe(0o111);
      const linked = await unpacked('links.zip');
      const app = realpathSync(join(linked, 'app.js'));
      expect(realpathSync(join(linked, 'main.js'))).toBe(app);
      expect(realpathSync(join(linked, 'lib', 'up.js'))).toBe(app);
    }
  });

  test.each([
    ['outside', 'holds a file outside its folder: ../../evil.js'],
    ['absolute', 'holds a file outside its folder: /tmp/evil.js'],
    ['link-outside', 'holds a link to outside its folder: lib/out → ../../../etc'],
    ['write-through-link', 'holds a link to outside its folder: lib → /tmp'],
    ['wrong-sum', 'lib/words.js is damaged'],
    ['cut-off', 'damaged'],
    ['says-300-mb', "unpacks to more than Lambda's 250 MB"],
    ['says-less', 'app.js is damaged'],
    ['encrypted', 'app.js is encrypted'],
    ['bzip2', 'app.js is packed by method 12'],
    ['make.py', 'it is no zip archive'],
    ['absent', 'no such file'],
  ])('%s.zip is refused, and leaves nothing behind', async (name, reason) => {
    const file = join(archives, name.includes('.') ? name : `${name}.zip`);
    expect(await unpack(file, join(directory, name))).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
    const left = existsSync(join(directory, name)) ? readdirSync(join(directory, name)) : [];
    expect(left).toEqual([]);
    expect(existsSync('/tmp/evil.js') || existsSync('/tmp/words.js')).toBe(false);
  });
});
