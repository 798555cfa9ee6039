import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GavelError } from '../../problem.ts';

/** The version that this gateway was tested with; package.json names the same for Linux. */
const version = '1.2.1';
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];

/** The path of the engine's program for this platform, from wherever the gateway itself is installed. */
export const findEngineBinary = (platform: string = process.platform, arch: string = process.arch): string => {
  const name = `${platform}-${arch}`;
  const instead = 'or set AWS_ENDPOINT_URL_DYNAMODB to the address of another DynamoDB (DynamoDB Local, for one)';
  if (!platforms.includes(name)) {
    throw new GavelError({
      what: `the embedded DynamoDB does not exist for ${name}`,
      place: null,
      remedy: instead.replace('or set', 'Set'),
    });
  }
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${name}/package.json`);
    const binary = join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    if (!existsSync(binary)) throw new Error(`${binary} is missing`);
    if (platform !== 'win32') makeExecutable(binary);
    return binary;
  } catch {
    throw new GavelError({
      what: `the embedded DynamoDB is not installed: @dynoxide/${name} is missing`,
      place: null,
      remedy: `Run: npm install --no-save @dynoxide/${name}@${version}, ${instead}`,
    });
  }
};

/** Some installers lose the mode of files in a package. */
const makeExecutable = (binary: string): void => {
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    chmodSync(binary, 0o755);
  }
};
