// What each call of an account must end in and cost, written a second time from the documentation, so that the server's
// books are not judged by the server's own code. One account, calls in their order, all of them on one day.

export type Protocol = 'tencent' | 'acedata';
export type LineStatus = 'normal' | 'suspended' | 'cancelled' | 'vacant' | 'unknown';

/** The most that may be used; absent = no cap. The same a day and a month, as long as a test lasts one day. */
export interface Caps {
  readonly callsPerDay?: number;
  readonly callsPerMonth?: number;
  readonly minorPerDay?: number;
  readonly minorPerMonth?: number;
}

export interface KeySetup {
  readonly service: string | undefined;
  readonly actions: readonly string[] | undefined;
  readonly callsMax: number | undefined;
  readonly caps: Caps | undefined;
}

export interface AccountSetup {
  readonly sandbox: boolean;
  readonly services: readonly string[];
  readonly quota: number;
  readonly balance: number;
  readonly dailyLimit: number;
  readonly caps: Caps | undefined;
  readonly keys: readonly KeySetup[];
}

/** A call in our own words. */
export interface AskedCall {
  readonly protocol: Protocol;
  readonly action: string;
  readonly key: number;
  readonly number: string;
  /** `unserved`: of a range that nobody holds. */
  readonly line: LineStatus | 'absent' | 'malformed' | 'unserved';
  readonly name: 'right' | 'wrong' | 'malformed';
  readonly idCard: 'right' | 'wrong' | 'malformed';
  readonly detailed: boolean;
  readonly flaw: 'none' | 'missing' | 'malformed' | 'unknown-action' | 'not-authentic';
}

/** A row of the usage list. */
export interface ExpectedRow {
  readonly protocol: Protocol;
  readonly action: string;
  readonly key: number;
  readonly outcome: string;
  readonly charged: boolean;
  readonly price: number;
  readonly paidBy: 'quota' | 'balance' | 'none';
  readonly deducted: number;
  /** What was left after it, without quota where the service has none; undefined of what is in no ledger. */
  readonly left: { readonly balance: number; readonly quota: number | null } | undefined;
}

export interface Expected {
  /** Outcome or fault. */
  readonly end: string;
  /** undefined of what is nobody's call. */
  readonly row: ExpectedRow | undefined;
}

interface Used {
  calls: number;
  minor: number;
}

const SERVICES: Readonly<Record<string, string>> = {
  'line-status': 'line-status',
  'line-tenure': 'line-tenure',
  'name-match': 'identity-match',
  'identity-match': 'identity-match',
  'identity-match-mobile': 'identity-match',
  'caller-identity': 'platform',
};
const FREE_OUTCOMES = new Set([
  ...['no_record', 'number_invalid', 'id_card_invalid', 'name_invalid', 'range_unsupported', 'completed'],
]);
/** Their documents have no result code for the daily limit. */
const LIMITED_BY_ERROR = new Set(['acedata line-status', 'tencent identity-match-mobile']);

export type AccountModel = ReturnType<typeof createAccountModel>;

export function createAccountModel(setup: AccountSetup, prices: Readonly<Record<string, number>>) {
  const quota = new Map(setup.services.map((service) => [service, setup.quota]));
  const used: Used = { calls: 0, minor: 0 };
  const usedByKey = setup.keys.map((): Used => ({ calls: 0, minor: 0 }));
  const attempts = new Map<string, number>();
  const rows: ExpectedRow[] = [];
  let balance = setup.balance;

  function priceOf({ action, detailed }: AskedCall): number {
    if (action === 'identity-match' && detailed) return prices['identity-match-detailed'] ?? 0;
    return prices[action === 'identity-match-mobile' ? 'identity-match' : action] ?? 0;
  }

  function whyNotAdmitted(call: AskedCall, service: string, price: number): string | undefined {
    const key = setup.keys[call.key];
    if (service !== 'platform' && !setup.services.includes(service)) return 'service_not_activated';
    const isNamed = key?.actions?.includes(call.action) ?? true;
    const isOfService = key?.service === undefined || key.service === service;
    const isAllowed =
      service === 'platform' && key?.service !== undefined && key.actions !== undefined
        ? isNamed
        : isNamed && isOfService;
    if (!isAllowed) return 'key_not_allowed';
    if (service !== 'platform' && !setup.sandbox && !canPay(service, price)) return 'funds_exhausted';
    if (call.flaw === 'missing' && service !== 'platform') return 'parameter_missing';
    return undefined;
  }

  function canPay(service: string, price: number): boolean {
    return price === 0 || (quota.get(service) ?? 0) > 0 || balance >= price;
  }

  /** Caps hold back all that could be charged; what quota pays for takes no money. */
  function isCapped(key: number, service: string, price: number): boolean {
    const minor = (quota.get(service) ?? 0) > 0 ? 0 : price;
    const exceeds = (caps: Caps | undefined, sums: Used | undefined): boolean =>
      [caps?.callsPerDay, caps?.callsPerMonth].some(
        (cap) => cap !== undefined && (sums?.calls ?? 0) >= cap,
      ) ||
      [caps?.minorPerDay, caps?.minorPerMonth].some(
        (cap) => cap !== undefined && minor > 0 && (sums?.minor ?? 0) + minor > cap,
      );
    const own = setup.keys[key];
    return (
      exceeds(setup.caps, used) ||
      exceeds(own?.caps, usedByKey[key]) ||
      (own?.callsMax !== undefined && (usedByKey[key]?.calls ?? 0) >= own.callsMax)
    );
  }

  function settle(call: AskedCall, service: string, price: number): Expected {
    const concluded = concludeLive(call);
    if (service !== 'platform' && isCapped(call.key, service, price)) return refuse(call, 'cap_reached');
    const counters = concluded.asked.map((value) => `${call.action} ${value}`);
    if (counters.some((counter) => (attempts.get(counter) ?? 0) >= setup.dailyLimit)) {
      if (LIMITED_BY_ERROR.has(`${call.protocol} ${call.action}`)) return refuse(call, 'daily_limit_reached');
      return enter(call, service, 'daily_limit', 'none', 0, false);
    }
    for (const counter of counters) attempts.set(counter, (attempts.get(counter) ?? 0) + 1);
    if (FREE_OUTCOMES.has(concluded.outcome))
      return enter(call, service, concluded.outcome, 'none', 0, false);
    const free = quota.get(service) ?? 0;
    const paidBy = free > 0 ? 'quota' : price > 0 ? 'balance' : 'none';
    if (paidBy === 'quota') quota.set(service, free - 1);
    if (paidBy === 'balance') balance -= price;
    for (const sums of [used, usedByKey[call.key]]) {
      if (sums === undefined) continue;
      sums.calls += 1;
      sums.minor += paidBy === 'balance' ? price : 0;
    }
    return enter(call, service, concluded.outcome, paidBy, price, true);
  }

  function enter(
    call: AskedCall,
    service: string,
    outcome: string,
    paidBy: ExpectedRow['paidBy'],
    price: number,
    charged: boolean,
  ): Expected {
    return add(call, {
      outcome,
      charged,
      price,
      paidBy,
      deducted: paidBy === 'balance' ? price : 0,
      left: { balance, quota: service === 'platform' ? null : (quota.get(service) ?? 0) },
    });
  }

  function refuse(call: AskedCall, end: string): Expected {
    return add(call, {
      outcome: end,
      charged: false,
      price: 0,
      paidBy: 'none',
      deducted: 0,
      left: undefined,
    });
  }

  function add(
    { protocol, key, ...call }: AskedCall,
    row: Omit<ExpectedRow, 'protocol' | 'action' | 'key'>,
  ): Expected {
    const action = row.outcome === 'action_unknown' ? '' : call.action;
    const whole = { protocol, action, key, ...row };
    rows.push(whole);
    return { end: row.outcome, row: whole };
  }

  return {
    rows,
    left: () => ({ balance, quota: Object.fromEntries(quota) }),
    topUp(minor: number): void {
      balance += minor;
    },
    grant(service: string, calls: number): void {
      quota.set(service, (quota.get(service) ?? 0) + calls);
    },
    take(call: AskedCall): Expected {
      if (call.flaw === 'not-authentic') return { end: 'not_authentic', row: undefined };
      if (call.flaw === 'unknown-action') return refuse(call, 'action_unknown');
      if (call.flaw === 'malformed') return refuse(call, 'body_malformed');
      const service = SERVICES[call.action] ?? '';
      const price = priceOf(call);
      const why = whyNotAdmitted(call, service, price);
      if (why !== undefined) return refuse(call, why);
      return setup.sandbox ? refuse(call, concludeRehearsed(call)) : settle(call, service, price);
    },
  };
}

interface Concluded {
  readonly outcome: string;
  /** What daily attempts are counted of: nothing where nothing was looked up. */
  readonly asked: readonly string[];
}

function concludeLive(call: AskedCall): Concluded {
  const { action, line, name, idCard, number } = call;
  const free = (outcome: string): Concluded => ({ outcome, asked: [] });
  if (action === 'caller-identity') return free('completed');
  if (line === 'malformed') return free('number_invalid');
  if (line === 'unserved') return free('range_unsupported');
  const isMatch = action !== 'line-status' && action !== 'line-tenure';
  const hasIdCard = isMatch && action !== 'name-match';
  if (hasIdCard && idCard === 'malformed') return free('id_card_invalid');
  if (isMatch && name === 'malformed') return free('name_invalid');
  const asked = [
    `number ${number}`,
    // The wrong name and the wrong ID card are the same ones for every number.
    ...(isMatch ? [`name ${name === 'right' ? `of ${number}` : 'wrong'}`] : []),
    ...(hasIdCard ? [`card ${idCard === 'right' ? `of ${number}` : 'wrong'}`] : []),
  ];
  const isGone = line === 'cancelled' || line === 'vacant';
  if (action === 'line-status')
    return { outcome: line === 'absent' || line === 'unknown' ? 'no_record' : 'known', asked };
  if (action === 'line-tenure') {
    if (line === 'absent') return { outcome: 'range_unsupported', asked };
    return { outcome: isGone ? 'number_vacant' : 'known', asked };
  }
  if (isGone || line === 'absent') return { outcome: 'no_record', asked };
  const matches = name === 'right' && (!hasIdCard || idCard === 'right');
  return { outcome: matches ? 'match' : 'mismatch', asked };
}

/** Numbers that the sandbox's page does not list: lines in service whose holder matches. */
function concludeRehearsed({ action, line, name, idCard }: AskedCall): string {
  if (action === 'caller-identity') return 'completed';
  if (line === 'malformed') return 'number_invalid';
  if (action === 'line-status' || action === 'line-tenure') return 'known';
  if (action !== 'name-match' && idCard === 'malformed') return 'id_card_invalid';
  return name === 'malformed' ? 'name_invalid' : 'match';
}
