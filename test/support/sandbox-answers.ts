// What every row of the sandbox answers on the vendor's wire, written from its documentation: result codes, status codes,
// ISP texts and details as the action's documents list them, never read from our tables.

const ACTIONS = [
  'MobileStatus',
  'MobileNetworkTimeVerification',
  'PhoneVerification',
  'PhoneVerificationCMCC',
  'PhoneVerificationCTCC',
  'PhoneVerificationCUCC',
  'CheckPhoneAndName',
] as const;
export type SandboxAction = (typeof ACTIONS)[number];

/** One text an action, in the order above: Result and StatusCode; Result and Range; Result, Isp and ResultDetail. */
type Answers = readonly [string, string, string, string, string, string, string];

export interface SandboxCase {
  readonly number: string;
  readonly name?: string;
  readonly idCard?: string;
  readonly answers: Readonly<Record<SandboxAction, Readonly<Record<string, unknown>>>>;
}

const AGREES = ['0,mobile', '0,mobile', '0,telecom', '0,cucc'] as const;
const DIFFERS = ['-4,mobile', '-4,telecom', '-4,cucc'] as const;
const GONE = ['-9', '-9', '-9', '-9'] as const;
const OTHER_CARRIER = ['-13', '-13', '-13'] as const;
const IN_SERVICE: Answers = ['0,0', '0,[24,+)', ...AGREES, '0'];
const DAILY = 'RequestLimitExceeded';

const LINES: readonly (readonly [string, Answers])[] = [
  ['16900000000', IN_SERVICE],
  ['16900000001', ['0,1', '0,[24,+)', ...AGREES, '0']],
  ['16900000002', ['0,2', '-2', ...GONE, '-1']],
  ['16900000003', ['0,4', '-2', ...GONE, '-1']],
  ['16900000004', ['0,4', '0,[24,+)', ...AGREES, '0']],
  ['16900000005', ['0,5', '0,[24,+)', ...AGREES, '0']],
  ['16900000099', ['-1,99', '0,[24,+)', ...AGREES, '0']],
  ['16900000200', ['0,0', '0,[0,3)', ...AGREES, '0']],
  ['16900000203', ['0,0', '0,[3,6)', ...AGREES, '0']],
  ['16900000206', ['0,0', '0,[6,12)', ...AGREES, '0']],
  ['16900000212', ['0,0', '0,[12,24)', ...AGREES, '0']],
  ['16900000224', IN_SERVICE],
  ['16900000301', ['0,0', '0,[24,+)', '-4,mobile,PhoneIdCardMismatch', ...DIFFERS, '0']],
  ['16900000302', ['0,0', '0,[24,+)', '-4,mobile,PhoneNameMismatch', ...DIFFERS, '1']],
  ['16900000303', ['0,0', '0,[24,+)', '-4,mobile,PhoneNameIdCardMismatch', ...DIFFERS, '1']],
  ['16900000304', ['0,0', '0,[24,+)', '-4,mobile,NameIdCardMismatch', ...DIFFERS, '1']],
  ['16900000305', ['0,0', '0,[24,+)', '-4,mobile,OtherMismatch', ...DIFFERS, '1']],
  ['16900000400', ['0,0', '0,[24,+)', '0', ...OTHER_CARRIER, '0']],
  ['16900000401', ['0,0', '0,[24,+)', '0,mobile', '0,mobile', '-13', '-13', '0']],
  ['16900000402', ['0,0', '0,[24,+)', '0,telecom', '-13', '0,telecom', '-13', '0']],
  ['16900000403', ['0,0', '0,[24,+)', '0,cucc', '-13', '-13', '0,cucc', '0']],
  ['16900000404', ['0,0', '0,[24,+)', '0', ...OTHER_CARRIER, '0']],
  ['16900000405', ['0,0', '0,[24,+)', '0', ...OTHER_CARRIER, '0']],
  ['16900000406', ['0,0', '0,[24,+)', '0', ...OTHER_CARRIER, '0']],
];

const BUSY: Answers = ['-3,99', '-4', '-11', '-11', '-11', '-11', '-3'];

const RESULTS: readonly (readonly [string, Answers])[] = [
  ['16900000100', IN_SERVICE],
  ['16900000101', IN_SERVICE],
  ['16900000102', ['0,0', '0,[24,+)', '-4,mobile,PhoneNameIdCardMismatch', ...DIFFERS, '1']],
  ['16900000103', ['0,0', '-2', ...GONE, '-1']],
  ['16900000104', ['0,0', '-3', ...AGREES, '0']],
  ['16900000105', ['-1,99', '-13', ...GONE, '-1']],
  ['16900000106', ['-2,99', '-1', '-6', '-6', '-6', '-6', '-5']],
  ['16900000107', ['0,0', '0,[24,+)', '-7', '-7', '-7', '-7', '0']],
  ['16900000108', ['0,0', '0,[24,+)', '-8', '-8', '-8', '-8', '-4']],
  ['16900000109', BUSY],
  ['16900000110', ['-3,99', '-4', '-11', '-11', '-11', '-11', '-2']],
  ['16900000111', BUSY],
  ['16900000112', ['-4,99', '-5', '-12', DAILY, DAILY, DAILY, '-6']],
  ['16900000113', ['-13,99', '-13', '-13', '-13', '-13', '-13', '-13']],
];

const DELAYS: readonly (readonly [string, Answers])[] = [
  ['16900020001', IN_SERVICE],
  ['16900020002', IN_SERVICE],
  ['16900020005', IN_SERVICE],
  ['16900020010', IN_SERVICE],
  ['16900020110', BUSY],
];

/** The second example has the input of the first and is reached by another name. */
const EXAMPLE_ID_CARD = '11204416541220243X';
const EXAMPLES: readonly SandboxCase[] = [
  { number: '13800138000', answers: read(['0,1', '0,[24,+)', ...AGREES, '0']) },
  {
    number: '16137688175',
    name: '韦小宝',
    idCard: EXAMPLE_ID_CARD,
    answers: read(['-2,99', '-2', '0,Telecom', '0,mobile', '0,telecom', '0,cucc', '0']),
  },
  {
    number: '16137688175',
    name: '韦小宝二',
    idCard: EXAMPLE_ID_CARD,
    answers: read(['-2,99', '-2', '-4,China Unicom,PhoneNameMismatch', ...DIFFERS, '0']),
  },
  { number: '16137688175', answers: read(['-2,99', '-2', ...AGREES, '0']) },
  // The other vendor's masked number; to the actions that its guides do not use it is malformed.
  { number: '***', answers: read(['0,0', '-1', '0,mobile', '-6', '-6', '-6', '0']) },
];

/** Every row but those that play a fault. */
export const SANDBOX_ANSWERS: readonly SandboxCase[] = [
  ...EXAMPLES,
  ...[...LINES, ...RESULTS, ...DELAYS].map(([number, answers]) => ({ number, answers: read(answers) })),
];

function read(answers: Answers): SandboxCase['answers'] {
  return Object.fromEntries(
    ACTIONS.map((action, i) => [action, readOne(action, answers[i] ?? '')]),
  ) as SandboxCase['answers'];
}

function readOne(action: SandboxAction, text: string): Readonly<Record<string, unknown>> {
  if (text === DAILY) return { Code: text };
  const [Result = ''] = text.split(',', 1);
  const rest = text.slice(Result.length + 1);
  if (action === 'MobileStatus') return { Result, StatusCode: Number(rest) };
  if (action === 'MobileNetworkTimeVerification') return { Result, Range: rest };
  if (action === 'CheckPhoneAndName') return { Result };
  const [Isp = '', ResultDetail] = rest.split(',');
  return { Result, Isp, ...(ResultDetail === undefined ? {} : { ResultDetail }) };
}
