// Sandbox rows for the example inputs of the vendor's own documentation, with the example outputs, ISP texts included.
// Those inputs are malformed by real rules and contradict each other between actions, so each action has its own answer.

import { CARRIER_ACTIONS, outcomeOf, type SandboxRow } from './answer.ts';
import { LONG_TENURE } from './default-answer.ts';

const EXAMPLE_ID_CARD = '11204416541220243X';
const EXAMPLE_NAMES = ['韦小宝', 'Wei Xiaobao'];
const EXAMPLE_NUMBER = '16137688175';

export const EXAMPLE_ROWS: readonly SandboxRow[] = [
  {
    number: '***',
    meaning: {
      en: "The masked number of AceData's guides, with the answers that they print.",
      zh: 'AceData 文档中的掩码号码及其示例结果。',
    },
    answers: {
      'line-status': outcomeOf('known', { status: 'normal' }),
      'identity-match': outcomeOf('match', { carrier: 'mobile' }),
      'name-match': outcomeOf('match'),
    },
  },
  {
    number: '13800138000',
    meaning: {
      en: 'The documented example of a line that is out of service and has a long tenure.',
      zh: '文档示例：停机且在网时间较长的号码。',
    },
    answers: {
      'line-status': outcomeOf('known', { status: 'suspended' }),
      'line-tenure': LONG_TENURE,
    },
  },
  {
    number: EXAMPLE_NUMBER,
    when: { name: EXAMPLE_NAMES, idCard: [EXAMPLE_ID_CARD] },
    meaning: { en: 'The documented example of three elements that agree.', zh: '文档示例：三要素一致。' },
    answers: {
      'identity-match': outcomeOf('match', {
        carrier: 'telecom',
        ispText: { en: 'Telecom', zh: '电信' },
      }),
      'identity-match-mobile': outcomeOf('match', { carrier: CARRIER_ACTIONS['identity-match-mobile'] }),
      'identity-match-telecom': outcomeOf('match', { carrier: CARRIER_ACTIONS['identity-match-telecom'] }),
      'identity-match-unicom': outcomeOf('match', { carrier: CARRIER_ACTIONS['identity-match-unicom'] }),
    },
  },
  {
    number: EXAMPLE_NUMBER,
    when: { name: ['韦小宝二', 'Wei Xiaobao II'], idCard: [EXAMPLE_ID_CARD] },
    meaning: {
      en: 'The second documented example has the same input and another output; it is reached by this name instead.',
      zh: '文档的第二个示例输入相同而输出不同，此处改用该姓名触发。',
    },
    answers: {
      'identity-match': outcomeOf('mismatch', {
        carrier: 'unicom',
        mismatch: 'phone_name',
        ispText: { en: 'China Unicom', zh: '联通' },
      }),
      'identity-match-mobile': outcomeOf('mismatch', { carrier: 'mobile', mismatch: 'phone_name' }),
      'identity-match-telecom': outcomeOf('mismatch', { carrier: 'telecom', mismatch: 'phone_name' }),
      'identity-match-unicom': outcomeOf('mismatch', { carrier: 'unicom', mismatch: 'phone_name' }),
    },
  },
  {
    number: EXAMPLE_NUMBER,
    meaning: {
      en: 'The documented example of a number that is malformed to one action and not found by another.',
      zh: '文档示例：对一个接口格式错误、另一接口查无的号码。',
    },
    answers: {
      'line-status': outcomeOf('number_invalid', { status: 'unknown' }),
      'line-tenure': outcomeOf('number_vacant', { range: '' }),
    },
  },
];
