// What some tests need of the machine, and the Debian packages that bring it. `npm test` installs what is missing when it
// runs as root, and leaves out what it may not install; so it does with whatever is named in LINEPROOF_TEST_LEAVE_OUT. The
// summary says both.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const LEAVE_OUT_VARIABLE = 'LINEPROOF_TEST_LEAVE_OUT';
const INSTALL_WITHIN_MS = 900_000;

interface Toolchain {
  /** Any of them will do; the first that is there is used. */
  readonly commands: readonly string[];
  /** Separated by spaces where there are several. */
  readonly package: string;
  /** Files of tests that need it, by a part of their path. */
  readonly neededBy: string;
  /** Nothing of a file that imports one of these can be done without it. */
  readonly importedWith?: readonly string[];
}

export const TOOLCHAINS = {
  chromium: {
    // The browser without its windows: the same pages, in five sixths of the time.
    commands: ['chromium-headless-shell', 'chromium'],
    package: 'chromium-headless-shell fonts-noto-cjk',
    neededBy: 'test/console/',
    importedWith: ['support/browser.ts', 'support/console-scene.ts'],
  },
  curl: { commands: ['curl'], package: 'curl', neededBy: 'test/samples/' },
  openssl: { commands: ['openssl'], package: 'openssl', neededBy: 'test/samples/' },
  python: { commands: ['python3'], package: 'python3', neededBy: 'test/samples/' },
  go: { commands: ['go'], package: 'golang-go', neededBy: 'test/samples/' },
  java: { commands: ['javac'], package: 'default-jdk-headless', neededBy: 'test/samples/' },
  php: { commands: ['php'], package: 'php-cli', neededBy: 'test/samples/' },
  ruby: { commands: ['ruby'], package: 'ruby', neededBy: 'test/samples/' },
} as const satisfies Record<string, Toolchain>;

export type ToolchainName = keyof typeof TOOLCHAINS;
export const TOOLCHAIN_NAMES = Object.keys(TOOLCHAINS) as ToolchainName[];

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws for a name that means nothing: a misspelt one would leave nothing out. */
export function leftOut(environment: Environment = process.env): readonly ToolchainName[] {
  const names = (environment[LEAVE_OUT_VARIABLE] ?? '').split(/[\s,]+/).filter((name) => name !== '');
  return names.map((name) => {
    const known = TOOLCHAIN_NAMES.find((one) => one === name);
    if (known === undefined)
      throw new Error(`${LEAVE_OUT_VARIABLE} has '${name}': it may name ${TOOLCHAIN_NAMES.join(', ')}`);
    return known;
  });
}

/** Where it is; undefined where it is not. */
export function findProgram(name: ToolchainName, environment: Environment = process.env): string | undefined {
  const { commands }: Toolchain = TOOLCHAINS[name];
  const folders = (environment.PATH ?? '').split(delimiter);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** false where it is left out; throws, naming the package, where it is needed and not there. */
export function isAvailable(name: ToolchainName, environment: Environment = process.env): boolean {
  if (leftOut(environment).includes(name)) return false;
  if (findProgram(name, environment) !== undefined) return true;
  throw new Error(
    `this test needs ${name}: apt-get install ${TOOLCHAINS[name].package}, or set ${LEAVE_OUT_VARIABLE}=${name}`,
  );
}

/** Those of the files of which nothing could be done without what is left out. */
export function filesLeftOut(
  files: readonly string[],
  root: string,
  without: readonly ToolchainName[],
): string[] {
  const marks = without.flatMap((name): readonly string[] => {
    const { importedWith }: Toolchain = TOOLCHAINS[name];
    return importedWith ?? [];
  });
  return files.filter((path) => {
    const source = readFileSync(join(root, path), 'utf8');
    return marks.some((mark) => source.includes(`${mark}'`));
  });
}

/** What these test files need and the machine lacks. */
export function missingToolchains(
  files: readonly string[],
  environment: Environment = process.env,
): ToolchainName[] {
  const without = leftOut(environment);
  return TOOLCHAIN_NAMES.filter(
    (name) =>
      !without.includes(name) &&
      files.some((file) => file.includes(TOOLCHAINS[name].neededBy)) &&
      findProgram(name, environment) === undefined,
  );
}

export function mayInstall(): boolean {
  return process.getuid?.() === 0;
}

/** By apt-get; what cannot be installed is named by the tests that need it. */
export function installToolchains(names: readonly ToolchainName[], say: (text: string) => void): void {
  const packages = names.map((name) => TOOLCHAINS[name].package);
  if (packages.length === 0) return;
  say(`installing ${packages.join(', ')}\n`);
  const options = { timeout: INSTALL_WITHIN_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (...words: readonly string[]) => spawnSync('apt-get', ['-qq', ...words], options).status === 0;
  const all = packages.flatMap((one) => one.split(' '));
  const install = () => apt('install', '-y', '--no-install-recommends', ...all);
  if (!install() && !(apt('update') && install())) say('apt-get could not install them\n');
}
