// Receipts of long messages: a message has arrived when all of its segments have, and is lost with the first that is. Its
// reference is that of its last segment. Of segments sent by an earlier run only that one is known to the store.

import type { Receipt } from '../../ports/message-channel.ts';

export interface SegmentGroup {
  add(segmentReference: string): void;
  /** All segments were taken over: the whole message's reference, and receipts from now on. */
  complete(): string;
}

export interface SegmentReceipts {
  begin(): SegmentGroup;
  /** Gives what is to be reported for it, if anything. Of a single message that is the receipt itself. */
  judge(receipt: Receipt): Receipt | undefined;
}

interface Group {
  readonly missing: Set<string>;
  last: string;
  isComplete: boolean;
  failure: string | undefined;
}

/** `groupsMax`: long messages that are remembered; of older ones each segment counts as a message. */
export function createSegmentReceipts(
  groupsMax: number,
  onEarly: (receipt: Receipt) => void,
): SegmentReceipts {
  const groups = new Map<string, Group>();
  const order = new Set<Group>();
  const members = new Map<Group, string[]>();

  function forgetOldest(): void {
    const [oldest] = order;
    if (oldest === undefined || order.size <= groupsMax) return;
    order.delete(oldest);
    for (const reference of members.get(oldest) ?? [])
      if (groups.get(reference) === oldest) groups.delete(reference);
    members.delete(oldest);
  }

  function conclude({ isComplete, failure, missing, last }: Group): Receipt | undefined {
    if (!isComplete || last === '') return undefined;
    if (failure !== undefined) return { reference: last, state: 'failed', reason: failure };
    return missing.size === 0 ? { reference: last, state: 'delivered', reason: '' } : undefined;
  }

  return {
    begin() {
      const group: Group = { missing: new Set(), last: '', isComplete: false, failure: undefined };
      const own: string[] = [];
      order.add(group);
      members.set(group, own);
      forgetOldest();
      return {
        add(segmentReference) {
          group.last = segmentReference;
          group.missing.add(segmentReference);
          if (segmentReference === '' || !order.has(group)) return;
          own.push(segmentReference);
          groups.set(segmentReference, group);
        },
        complete() {
          group.isComplete = true;
          const early = conclude(group);
          if (early !== undefined) onEarly(early);
          return group.last;
        },
      };
    },
    judge(receipt) {
      const group = groups.get(receipt.reference);
      if (group === undefined) return receipt;
      if (receipt.state === 'failed') group.failure ??= receipt.reason;
      else group.missing.delete(receipt.reference);
      return conclude(group);
    },
  };
}
