// docs/reference/actions.md: every action with its fields, results, charges, errors and examples.

import type { TObject, TSchema } from 'typebox';
import type { FieldNotes } from '../../src/app/field-notes.ts';
import { openTableSandbox } from '../../src/app/table-sandbox.ts';
import { concernsAction, isBare, type WireAction, type WireView } from '../../src/app/wire-view.ts';
import type { FaultCode } from '../../src/domain/fault.ts';
import { FAULTS } from '../../src/domain/fault.ts';
import type { OutcomeCode } from '../../src/domain/outcome.ts';
import { listEncryptionFields } from './encryption-rows.ts';
import { fence, joinBlocks, type Page, quote, renderTable } from './markdown.ts';
import { renderOutput } from './output-table.ts';

export interface ActionDefaults {
  readonly ratePerSecond: number;
  readonly dailyLimit: number;
  readonly prices: Readonly<Record<string, number>>;
}

export async function createActionsPage(view: WireView, defaults: ActionDefaults): Promise<Page> {
  const sections: string[] = [];
  for (const wire of view.actions) sections.push(await renderAction(view, wire, defaults));
  const contents = view.actions.map(
    (wire) => `- [${wire.name}](#${wire.name.toLowerCase()}): ${wire.action.summary.en}`,
  );
  return {
    file: 'actions.md',
    title: 'Actions',
    summary: `Every action, as ${view.protocol} names it, with its fields, results, charges and errors.`,
    body: joinBlocks(contents.join('\n'), ...renderCommon(view), ...sections),
  };
}

function renderCommon({ commonParameters = [] }: WireView): string[] {
  if (commonParameters.length === 0) return [];
  const rows = commonParameters.map(({ name, type, required, title }) => [
    ...[quote(name), type, required ? 'yes' : 'no'],
    [title.en, title.zh].join(' ').replaceAll('{action}', 'its name').replaceAll('{version}', 'its version'),
  ]);
  return [
    '## Common parameters',
    'Every action takes them beside its own.',
    renderTable(['Parameter', 'Type', 'Required', 'Meaning'], rows),
  ];
}

async function renderAction(view: WireView, wire: WireAction, defaults: ActionDefaults): Promise<string> {
  const { action } = wire;
  return joinBlocks(
    `## ${wire.name}`,
    `${action.summary.en} ${action.summary.zh}`,
    renderFacts(wire, defaults),
    '### Input',
    renderFields(wire, action.input),
    renderSealing(wire),
    '### Output',
    await renderOutput(view, wire),
    renderResults(view, wire),
    '### Errors',
    renderErrors(view, wire),
    ...(await renderExamples(view, wire)),
  );
}

function renderFacts(wire: WireAction, defaults: ActionDefaults): string {
  const { action } = wire;
  const prices = listPrices(wire, defaults);
  const isFree = Object.values(action.outcomes).every((row) => row?.charged !== true);
  const facts = [
    `Version ${quote(wire.version)}; the vendor's hosts are ${quote(`${wire.product}.tencentcloudapi.com`)} and ${quote(`${wire.product}.intl.tencentcloudapi.com`)}, here any host name that reaches the server. Region is not needed.`,
    `At most ${Math.max(defaults.ratePerSecond, action.ratePerSecond ?? 0)} calls a second for an account, unless it has a limit of its own.`,
    action.limited.length === 0
      ? ''
      : `At most ${defaults.dailyLimit} attempts a day with the same ${action.limited.map((field) => quote(wire.fieldName(field))).join(', ')}, each counted for itself.`,
    action.service === 'platform'
      ? 'Free; needs no activation.'
      : `Service ${quote(action.service)}, our name ${quote(action.name)}. ${isFree ? 'Free.' : `Price: ${prices}.`}`,
  ];
  return facts
    .filter((fact) => fact !== '')
    .map((fact) => `- ${fact}`)
    .join('\n');
}

/** Prices may depend on the input. */
function listPrices({ action }: WireAction, { prices }: ActionDefaults): string {
  const keys = new Set([{}, { verifyMode: '1' }].map((input) => action.priceKey(input)));
  return [...keys]
    .map((key) => `${prices[key] ?? 0} minor units by default (price key ${quote(key)})`)
    .join(', ');
}

function renderFields(wire: WireAction, schema: TObject): string {
  const required = new Set<string>(schema.required ?? []);
  const rows = Object.entries(schema.properties).map(([name, property]) => [
    quote(wire.fieldName(name)),
    describeType(property),
    required.has(name) ? 'yes' : 'no',
    describeField(property),
  ]);
  if (schema === wire.action.input)
    for (const { name, type, need, meaning } of listEncryptionFields(wire))
      rows.push([quote(name), type, need, meaning]);
  if (rows.length === 0) return 'None.';
  return renderTable(['Field', 'Type', 'Required', 'Meaning'], rows);
}

function describeType(schema: TSchema): string {
  const notes = schema as FieldNotes;
  if (notes.type === 'array' && notes.items !== undefined) return `list of ${describeType(notes.items)}`;
  return notes.type ?? 'any';
}

function describeField(schema: TSchema): string {
  const notes = schema as FieldNotes;
  const limits = [
    notes.enum === undefined ? '' : `One of ${notes.enum.map((value) => quote(String(value))).join(', ')}.`,
    notes.minimum === undefined ? '' : `From ${notes.minimum}.`,
    notes.maximum === undefined ? '' : `Up to ${notes.maximum}.`,
    notes.maxLength === undefined ? '' : `At most ${notes.maxLength} characters.`,
    notes.sensitive === true ? 'Sensitive: never logged or stored in the clear.' : '',
  ];
  return [notes.title ?? '', notes.titleZh ?? '', ...limits].filter((text) => text !== '').join(' ');
}

function renderSealing({ action, encryption, fieldName }: WireAction): string {
  if (action.encryptable.length === 0) return '';
  const fields = action.encryptable.map((field) => quote(fieldName(field))).join(', ');
  return `May be sent encrypted: ${fields}, with ${encryption === 'flat' ? 'AES-256-CBC' : 'AES-256-CBC or SM4-GCM'}.`;
}

function renderResults(view: WireView, wire: WireAction): string {
  if (wire.action.service === 'platform') return '';
  const entries = Object.entries(wire.action.outcomes) as [OutcomeCode, { charged: boolean }][];
  if (isBare(view, wire)) {
    const charge = entries.some(([, { charged }]) => charged) ? '**charged**' : 'free';
    return joinBlocks(
      '### Results',
      `No result code: an answer without \`Error\` is a success, and ${charge}.`,
    );
  }
  const rows = entries.map(([outcome, { charged }]) => {
    const result = view.resultOf(wire.action, outcome);
    const text = result ?? view.errorOf('daily_limit_reached');
    return [
      result === undefined ? `error ${quote(text.code)}` : quote(text.code),
      charged ? '**charged**' : 'free',
      text.en,
      text.zh,
    ];
  });
  return joinBlocks('### Results', renderTable(['Result', 'Charge', 'Description', ''], rows));
}

function renderErrors(view: WireView, wire: WireAction): string {
  const own = (Object.keys(FAULTS) as FaultCode[]).filter(
    (fault) => wire.action.faults.includes(fault) && concernsAction(fault, wire.action.faults),
  );
  const shown = own.map((fault) => view.errorOf(fault, {}, wire));
  const rows = [...new Map(shown.map(({ code, en }) => [`${code}\n${en}`, [quote(code), en]])).values()];
  const common = 'Every action can also answer the common errors of [faults.md](faults.md).';
  return rows.length === 0 ? common : joinBlocks(renderTable(['Code', 'Message'], rows), common);
}

/** What a sandbox key gets for the examples. */
async function renderExamples(view: WireView, wire: WireAction): Promise<string[]> {
  const sandbox = openTableSandbox();
  const blocks: string[] = [];
  for (const { title, input } of wire.action.examples) {
    const fields = Object.fromEntries(
      Object.entries(input).map(([name, value]) => [wire.fieldName(name), value]),
    );
    blocks.push(`### Example: ${title.en} (${title.zh})`, fence(JSON.stringify(fields, null, 2), 'json'));
    const conclusion = await sandbox.rehearse(wire.action.name, input);
    if (conclusion === undefined) continue;
    const answer = {
      Response: {
        ...view.renderAnswer(wire, input, conclusion),
        RequestId: 'a5fdb909-5ee6-43ff-a152-bb1b9744ee8b',
      },
    };
    blocks.push('A sandbox account gets', fence(JSON.stringify(answer, null, 2), 'json'));
  }
  return blocks;
}
