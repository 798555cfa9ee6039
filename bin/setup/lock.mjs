import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock whose holder gave no sign of life for so long belongs to nobody. */
const staleAfterMs = 30_000;
const signOfLifeMs = 3_000;

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Who holds the lock: null where nobody does any more, undefined where that cannot be told yet. */
const holderOf = (folder) => {
  try {
    const age = Date.now() - statSync(folder).mtimeMs;
    if (age > staleAfterMs) return null;
    const pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    return alive(pid) ? pid : null;
  } catch {
    // Just made, its pid not written yet; or gone in this moment.
    return undefined;
  }
};

const take = (folder) => {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
};

/** Moves a dead holder's lock away: of two who try at once, one succeeds. */
const clear = (folder) => {
  const away = `${folder}.${process.pid}`;
  try {
    renameSync(folder, away);
    // Between the look and the move another waiter may have cleared the old lock and taken a new one: give it back.
    if (holderOf(away) !== null) return renameSync(away, folder);
  } catch {
    return;
  }
  rmSync(away, { recursive: true, force: true });
};

/** Runs `work` while no other process runs one under the same folder; `onWait` hears once who is waited for. */
export const withLock = async (folder, onWait, work) => {
  mkdirSync(path.dirname(folder), { recursive: true });
  let told = false;
  while (!take(folder)) {
    const holder = holderOf(folder);
    if (holder === null) {
      clear(folder);
      continue;
    }
    if (!told && holder !== undefined) {
      told = true;
      onWait(holder);
    }
    await delay(200);
  }
  const sign = setInterval(() => utimesSync(folder, new Date(), new Date()), signOfLifeMs);
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(sign);
    process.removeListener('exit', release);
    release();
  }
};
