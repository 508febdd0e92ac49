// Every code sample that can be written for a call: which languages, by what means, how it is run, and whether the project's
// tests execute it against a running server or compare its form only. No module of this room needs more than a browser has.

import {
  writeBearerCsharp,
  writeBearerCurl,
  writeBearerGo,
  writeBearerJava,
  writeBearerNode,
  writeBearerPhp,
  writeBearerPython,
  writeBearerRuby,
} from './bearer/write-bearer.ts';
import type { BearerCall, SampleCall, SignedCall } from './call.ts';
import { writeCsharpSdk } from './sdk/csharp.ts';
import { writeGoSdk } from './sdk/go.ts';
import { writeJavaSdk } from './sdk/java.ts';
import { writeNodeSdk } from './sdk/node.ts';
import { writePhpSdk } from './sdk/php.ts';
import { writePythonSdk } from './sdk/python.ts';
import { writeRubySdk } from './sdk/ruby.ts';
import { writeTccli } from './sdk/tccli.ts';
import { writeSignedCsharp } from './signed/csharp.ts';
import { writeSignedCurl } from './signed/curl.ts';
import { writeSignedGo } from './signed/go.ts';
import { writeSignedJava } from './signed/java.ts';
import { writeSignedNode } from './signed/node.ts';
import { writeSignedPhp } from './signed/php.ts';
import { writeSignedPython } from './signed/python.ts';
import { writeSignedRuby } from './signed/ruby.ts';

export type { JsonObject, JsonValue, SampleCall, SignedCall } from './call.ts';

export type SampleLanguage = 'curl' | 'node' | 'python' | 'go' | 'java' | 'php' | 'csharp' | 'ruby' | 'tccli';

export interface SampleKind {
  readonly language: SampleLanguage;
  /** 'Node', 'C#' */
  readonly title: string;
  /** 'plain': with what the language brings along; 'sdk': with the vendor's own package. */
  readonly means: 'plain' | 'sdk';
  readonly fileName: string;
  /** Command lines, before the first run and for each. */
  readonly install: string;
  readonly run: string;
  /** true: the tests run it against a server; false: they compare its form with recorded requests. */
  readonly executed: boolean;
}

interface Writer extends SampleKind {
  readonly signed: ((call: SignedCall) => string) | undefined;
  readonly bearer: ((call: BearerCall) => string) | undefined;
}

/** Run as that language's own sample is, but for what the package needs. */
const SDK_RUNS: Readonly<Record<Exclude<SampleLanguage, 'curl'>, readonly [string, string, string]>> = {
  node: ['Node', 'sample.cjs', 'node sample.cjs'],
  python: ['Python', 'sample.py', 'python3 sample.py'],
  go: ['Go', 'sample.go', 'go run sample.go'],
  java: ['Java', 'Sample.java', 'java -cp "lib/*" Sample.java'],
  php: ['PHP', 'sample.php', 'php sample.php'],
  csharp: ['C#', 'Program.cs', 'dotnet run'],
  ruby: ['Ruby', 'sample.rb', 'ruby sample.rb'],
  tccli: ['tccli', 'sample.sh', 'sh sample.sh'],
};

const WRITERS: readonly Writer[] = [
  plain('curl', 'curl', 'sample.sh', 'sh sample.sh', writeSignedCurl, writeBearerCurl),
  plain('node', 'Node', 'sample.mjs', 'node sample.mjs', writeSignedNode, writeBearerNode),
  plain('python', 'Python', 'sample.py', 'python3 sample.py', writeSignedPython, writeBearerPython),
  plain('go', 'Go', 'sample.go', 'go run sample.go', writeSignedGo, writeBearerGo),
  plain('java', 'Java', 'Sample.java', 'java Sample.java', writeSignedJava, writeBearerJava),
  plain('php', 'PHP', 'sample.php', 'php sample.php', writeSignedPhp, writeBearerPhp),
  {
    ...plain('csharp', 'C#', 'Program.cs', 'dotnet run', writeSignedCsharp, writeBearerCsharp),
    executed: false,
    install: 'dotnet new console --force',
  },
  plain('ruby', 'Ruby', 'sample.rb', 'ruby sample.rb', writeSignedRuby, writeBearerRuby),
  { ...sdk('node', 'npm install tencentcloud-sdk-nodejs', writeNodeSdk), executed: true },
  sdk('python', 'pip install tencentcloud-sdk-python', writePythonSdk),
  sdk('go', 'go mod init sample && go mod tidy', writeGoSdk),
  sdk(
    'java',
    'mvn dependency:copy-dependencies -DoutputDirectory=lib (com.tencentcloudapi:tencentcloud-sdk-java)',
    writeJavaSdk,
  ),
  sdk('php', 'composer require tencentcloud/tencentcloud-sdk-php', writePhpSdk),
  sdk('csharp', 'dotnet new console --force && dotnet add package TencentCloudSDK', writeCsharpSdk),
  sdk('ruby', 'gem install tencentcloud-sdk-common tencentcloud-sdk', writeRubySdk),
  sdk('tccli', 'pip install tccli', writeTccli),
];

/** What can be written for a call. */
export function listSamples(kind: SampleCall['kind']): readonly SampleKind[] {
  return WRITERS.filter((writer) => writer[kind] !== undefined).map(
    ({ signed: _signed, bearer: _bearer, ...shown }) => shown,
  );
}

/** The code; a RangeError where the language has no sample for it, or a name or the endpoint makes no sense. */
export function writeSample(call: SampleCall, language: SampleLanguage, means: 'plain' | 'sdk'): string {
  const writer = WRITERS.find((one) => one.language === language && one.means === means);
  const code = call.kind === 'signed' ? writer?.signed?.(call) : writer?.bearer?.(call);
  if (code === undefined) throw new RangeError('there is no such sample');
  return code;
}

function plain(
  language: SampleLanguage,
  title: string,
  fileName: string,
  run: string,
  signed: Writer['signed'],
  bearer: Writer['bearer'],
): Writer {
  return { language, title, means: 'plain', fileName, install: '', run, executed: true, signed, bearer };
}

function sdk(language: keyof typeof SDK_RUNS, install: string, signed: Writer['signed']): Writer {
  const [title, fileName, run] = SDK_RUNS[language];
  return {
    language,
    title,
    means: 'sdk',
    fileName,
    install,
    run,
    executed: false,
    signed,
    bearer: undefined,
  };
}
