// The table of actions as forms and reference pages need it, read off the catalogue and the protocols' wire tables.

import { FAULTS, type FaultCode } from '../domain/fault.ts';
import { FAULT_ADVICE } from '../domain/fault-advice.ts';
import type { OutcomeCode } from '../domain/outcome.ts';
import type {
  ExplorerAction,
  ExplorerError,
  ExplorerField,
  ExplorerTable,
} from '../management/explorer/context.ts';
import { isRehearsed } from '../sources/sandbox/answer.ts';
import { REHEARSED_VERIFICATIONS } from '../sources/sandbox/rehearse-verification.ts';
import { describeEncryption, describeFields } from './explorer-fields.ts';
import { gatherOutput, REQUEST_ID } from './explorer-output.ts';
import { openTableSandbox } from './table-sandbox.ts';
import type { WireAction, WireView } from './wire-view.ts';

export interface ExplorerTableOptions {
  readonly views: readonly { readonly protocol: string; readonly view: WireView }[];
  readonly ratePerSecond: number;
  readonly dailyLimit: number;
}

/** Whose answers the sandbox knows beforehand. */
const PLAYED = new Set<string>(REHEARSED_VERIFICATIONS);
const FAULT_CODES = Object.keys(FAULTS) as FaultCode[];

export async function createExplorerTable(options: ExplorerTableOptions): Promise<ExplorerTable> {
  const actions: ExplorerAction[] = [];
  const errors: Record<string, readonly ExplorerError[]> = {};
  const common: Record<string, readonly ExplorerField[]> = {};
  for (const { protocol, view } of options.views) {
    // What no action lists can befall every action.
    const listed = new Set(view.actions.flatMap(({ action }) => action.faults));
    const shared = view.commonFaults ?? FAULT_CODES.filter((fault) => !listed.has(fault));
    errors[protocol] = describeErrors(view, shared);
    common[protocol] = (view.commonParameters ?? []).map((parameter) => ({
      ...parameter,
      ...{ personal: false, encryptable: false },
    }));
    for (const wire of view.actions) actions.push(await describeAction(protocol, view, wire, options));
  }
  return { actions, errors, common, daily_limit: options.dailyLimit };
}

async function describeAction(
  protocol: string,
  view: WireView,
  wire: WireAction,
  { ratePerSecond }: ExplorerTableOptions,
): Promise<ExplorerAction> {
  const { action } = wire;
  const isPath = wire.version.startsWith('/');
  return {
    protocol,
    action: wire.name,
    own_name: action.name,
    service: action.service,
    product: wire.product,
    version: isPath ? '' : wire.version,
    host: view.hostOf(wire.product),
    method: 'POST',
    path: isPath ? wire.version : '/',
    title: action.summary,
    encryption: action.encryptable.length === 0 ? 'none' : wire.encryption,
    words: action.words ?? [],
    fields: [
      ...describeFields(action.input, (name) => wire.fieldName(name), action.encryptable).map((field) =>
        wire.version.includes(`{${field.name}}`) ? { ...field, place: 'path' as const } : field,
      ),
      ...describeEncryption(wire),
      ...(wire.headers ?? []),
    ],
    output: await describeOutput(protocol, view, wire),
    results: (Object.entries(action.outcomes) as [OutcomeCode, { charged: boolean }][]).map(
      ([outcome, { charged }]) => {
        const result = view.resultOf(action, outcome);
        const { en, zh } = result ?? view.errorOf('daily_limit_reached');
        return { outcome, result: result?.code ?? null, charged, description: { en, zh } };
      },
    ),
    errors: describeErrors(view, action.faults, wire),
    examples: await Promise.all(action.examples.map((example) => describeExample(view, wire, example))),
    daily_limited: action.limited.map((field) => wire.fieldName(field)),
    rate_per_second: Math.max(ratePerSecond, action.ratePerSecond ?? 0),
  };
}

async function describeOutput(protocol: string, view: WireView, wire: WireAction): Promise<ExplorerField[]> {
  const { name, output } = wire.action;
  if (wire.answer !== undefined) return describeFields(wire.answer, (member) => member, []);
  const members = isRehearsed(name)
    ? await gatherOutput(view, wire)
    : describeFields(output, capitalised(protocol), []);
  // AceData's answers have their id in a header.
  return protocol === 'tencent' ? [...members, REQUEST_ID] : members;
}

function capitalised(protocol: string): (name: string) => string {
  return (name) =>
    protocol === 'tencent'
      ? name.charAt(0).toUpperCase() + name.slice(1)
      : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function describeErrors(view: WireView, faults: readonly FaultCode[], wire?: WireAction): ExplorerError[] {
  const written = faults.flatMap((fault) => {
    const advice = view.advice?.[fault] ?? FAULT_ADVICE[fault];
    if (advice === undefined) return [];
    const { code, en, zh } = view.errorOf(fault, {}, wire);
    const { blame, retryable } = FAULTS[fault];
    return [{ code, fault, message: { en, zh }, advice, blame, retryable }];
  });
  // Several faults may look the same on the wire.
  const seen = new Set<string>();
  return written.filter(({ code, message }) => {
    const shown = `${code}\n${message.en}`;
    return !seen.has(shown) && seen.add(shown);
  });
}

async function describeExample(
  view: WireView,
  wire: WireAction,
  { title, input }: WireAction['action']['examples'][number],
): Promise<ExplorerAction['examples'][number]> {
  const shown = Object.fromEntries(
    Object.entries(input).map(([name, value]) => [wire.fieldName(name), value]),
  );
  const { name } = wire.action;
  if (!isRehearsed(name) && !PLAYED.has(name)) return { title, input: shown, answer: null };
  const conclusion = await openTableSandbox().rehearse(name, input);
  const answer = conclusion === undefined ? null : view.renderAnswer(wire, input, conclusion);
  return { title, input: shown, answer };
}
