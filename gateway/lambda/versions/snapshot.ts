import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { copyFolder } from './copy-folder.ts';
import type { VersionContent } from './version-content.ts';

/**
 * Copies all that a version runs to a folder of its own below `directory`, named by its content, so that no later edit
 * or build reaches it. What lies below `builds` is copied with everything; of a folder of the user's, installed packages
 * stay where they are, and are looked for there.
 */
export const snapshot = async (content: VersionContent, directory: string, builds: string): Promise<VersionContent> => {
  const { fn, code, layers, identity } = content;
  const folder = join(directory, fn.logicalId, identity);
  const taskRoot = join(folder, 'code');
  const isBuilt = code.taskRoot.startsWith(builds + sep);
  const layerFolders = layers.map((_, index) => join(folder, 'layers', String(index)));
  if (!existsSync(folder)) {
    // A folder of that name is whole: what fails halfway never gets it.
    const making = `${folder}.making`;
    const inMaking = (path: string): string => making + path.slice(folder.length);
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { recursive: true });
    const outside = (path: string): boolean => path !== directory && path !== builds;
    const takes = isBuilt ? outside : (path: string) => outside(path) && withoutPackages(path);
    await copyFolder(code.taskRoot, inMaking(taskRoot), takes);
    for (const [index, { dir }] of layers.entries()) {
      await copyFolder(dir, inMaking(layerFolders[index]!), outside);
    }
    await writeFile(join(making, 'package.json'), JSON.stringify({ type: await typeAround(code.taskRoot) }));
    await rename(making, folder);
  }
  return {
    ...content,
    code: { ...code, taskRoot, resolveFrom: code.resolveFrom ?? (isBuilt ? null : join(code.taskRoot, 'index.js')) },
    layers: layers.map((layer, index) => ({ ...layer, dir: layerFolders[index]! })),
  };
};

const withoutPackages = (path: string): boolean =>
  basename(path) !== 'node_modules' && !/^\.(?:git|gavel|aws-sam)$/.test(basename(path));

/** The `type` of the nearest package.json above a folder, which decides what kind its `.js` files are taken for. */
const typeAround = async (folder: string): Promise<string | undefined> => {
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const text = await readFile(join(above, 'package.json'), 'utf8').catch(() => null);
    if (text === null) continue;
    try {
      return (JSON.parse(text) as { type?: string }).type;
    } catch {
      return undefined;
    }
  }
  return undefined;
};
