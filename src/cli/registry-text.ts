// What the registry commands say to a person. What they say to a program is the result itself, as JSON.

import type { RegistryAdministration, TimedImportResult } from '../app/registry.ts';

type Statistics = ReturnType<RegistryAdministration['statistics']>;

/** The fields that the command line promises come first. */
export function importSummary(result: TimedImportResult) {
  const { accepted, rejected, rejectedFile, seconds, ...rest } = result;
  return { accepted, rejected, rejectedFile: rejectedFile ?? null, seconds, ...rest };
}

/** A file of the wrong columns, region or encoding must not look to a script as if it had been imported. */
export function importFailed({ accepted, rejected }: TimedImportResult): boolean {
  return accepted === 0 && rejected > 0;
}

export function describeImport(result: TimedImportResult): string[] {
  const rate = result.seconds > 0 ? Math.round(result.accepted / result.seconds) : result.accepted;
  const lines = [
    `${result.accepted} rows accepted, ${result.rejected} rejected, in ${result.seconds.toFixed(1)} s (${rate} a second)`,
  ];
  if (importFailed(result)) lines.push('no row was accepted: the registry is as it was');
  if (result.repeated > 0)
    lines.push(`${result.repeated} rows gave way to another row of the file with their number`);
  if (result.older > 0)
    lines.push(`${result.older} rows were older than what the registry held and changed nothing`);
  if (!result.oldRowsErased)
    lines.push(
      'copies of replaced rows stay in the files while a reader needs them; the next delete or import erases them',
    );
  if (result.unknownColumns.length > 0)
    lines.push(`warning: ignored columns: ${result.unknownColumns.join(', ')}`);
  for (const [reason, rows] of Object.entries(result.rejectedByReason))
    lines.push(`  rejected: ${rows} ${reason}`);
  if (result.rejectedFileError !== undefined)
    lines.push(`warning: the list of rejected rows could not be written: ${result.rejectedFileError}`);
  if (result.rejectedFile !== undefined) {
    const { rejected, rejectedUnlisted, rejectedFile } = result;
    const which =
      rejectedUnlisted > 0
        ? `only the first ${rejected - rejectedUnlisted} of ${rejected} rejected rows are`
        : 'rejected rows are';
    lines.push(`${which} listed in ${rejectedFile}`);
  }
  if ((result.rejectedByReason.encoding_invalid ?? 0) > 0)
    lines.push('hint: files must be UTF-8; convert GBK files first');
  if (result.outsideRanges > 0) {
    const [prefix = ''] = result.outsidePrefixes;
    lines.push(
      `warning: ${result.outsideRanges} numbers are in no number range (${result.outsidePrefixes.join(', ')}): ` +
        'calls for them are refused as unsupported',
      `  to serve them: lineproof ranges set ${prefix} --holder NAME`,
    );
  }
  return lines;
}

export function describeStatistics(statistics: Statistics): string[] {
  const { rows } = statistics;
  const table = (title: string, counts: Readonly<Record<string, number>>): string[] => [
    `${title}:`,
    ...Object.entries(counts).map(
      ([name, n]) => `  ${(name === '' ? '(none)' : name).padEnd(16)} ${String(n).padStart(12)}`,
    ),
  ];
  return [
    `${rows} numbers${statistics.demonstration ? ', invented for demonstration: the first import replaces them' : ''}`,
    ...table('status', statistics.byStatus),
    ...table('carrier', statistics.byCarrier),
    ...table('tenure in months', statistics.byTenureMonths),
    ...table('elements', {
      'with name': statistics.withName,
      'without name': rows - statistics.withName,
      'with ID card': statistics.withIdCard,
      'without ID card': rows - statistics.withIdCard,
    }),
    ...(statistics.asOfOldest === undefined
      ? []
      : [`as of ${statistics.asOfOldest} to ${statistics.asOfNewest}`]),
  ];
}
