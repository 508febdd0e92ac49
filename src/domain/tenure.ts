// Tenure as the wire shows it: the band of months that holds it, '[12,24)' or, for the last, '[24,+)'.

/** Bounds are the lower ends of the bands: integers from 0, each larger than the one before. */
export function areTenureBounds(lowerBoundsMonths: readonly number[]): boolean {
  return (
    lowerBoundsMonths[0] === 0 &&
    lowerBoundsMonths.every(
      (bound, i) => Number.isSafeInteger(bound) && (i === 0 || bound > (lowerBoundsMonths[i - 1] ?? 0)),
    )
  );
}

export function renderTenure(months: number, lowerBoundsMonths: readonly number[]): string {
  const above = lowerBoundsMonths.findIndex((bound) => bound > months);
  const band = above === -1 ? lowerBoundsMonths.length - 1 : above - 1;
  const lower = lowerBoundsMonths[band];
  if (lower === undefined) throw new RangeError(`no band for ${months} months`);
  return `[${lower},${lowerBoundsMonths[band + 1] ?? '+'})`;
}
