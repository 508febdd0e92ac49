// Sends notices to accounts' webhooks: signed, each at least once, some at a time. 2xx ends a notice, 410 disables the webhook,
// anything else is tried again until the notice is too old or was tried too often. A receiver that is down slows only itself.

import { createWebhookSigner, WEBHOOK_ID_HEADER } from '../codecs/webhook-signature.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notice, NoticeQueue, NoticeReceiver, NoticeReceivers } from '../ports/notices.ts';
import { type Transport, TransportError } from '../ports/transport.ts';
import { createNoticePace, type NoticePaceOptions } from './notice-pace.ts';

export interface NoticeSenderOptions extends NoticePaceOptions {
  readonly queue: NoticeQueue;
  readonly receivers: NoticeReceivers;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly atOnce: number;
  /** Of one attempt, from the name's resolution to the end of the answer. */
  readonly timeoutMs: number;
  readonly attemptsMax: number;
  /** How often the queue is looked at for retries whose time has come. */
  readonly pollMs: number;
  /** Of the queue or the receivers' store. */
  readonly onDefect: (error: unknown) => void;
}

export interface NoticeStatistics {
  readonly running: number;
  readonly delivered: number;
  /** Attempts that the receiver did not answer with 2xx. */
  readonly failed: number;
  /** Notices that were tried too often, or got too old. */
  readonly givenUp: number;
  /** Notices of accounts without a webhook, or with a disabled one. */
  readonly unwanted: number;
}

export interface NoticeSender {
  /** There are new notices. */
  wake(): void;
  statistics(): NoticeStatistics;
  /** Ends what runs; it is sent again after the next start. */
  close(): Promise<void>;
}

const ANSWER_MAX_BYTES = 1024;
const SWEEP_MS = 60_000;
const GONE = 410;

type Verdict = 'taken' | 'gone' | 'failed' | 'unwanted' | 'stopped';

/** Begins at once. */
export function startNoticeSender(options: NoticeSenderOptions): NoticeSender {
  const { queue, receivers, transport, clock, atOnce, onDefect } = options;
  const pace = createNoticePace(options);
  const closing = new AbortController();
  const inHand = new Set<number>();
  /** Settled while the queue was being asked: its answer may be older. */
  const settled = new Set<number>();
  const counts = { delivered: 0, failed: 0, givenUp: 0, unwanted: 0 };
  let isWoken = false;
  let resting: AbortController | undefined;
  let sweptMs = 0;

  function wake(): void {
    isWoken = true;
    resting?.abort();
  }

  async function rest(): Promise<void> {
    if (isWoken || closing.signal.aborted) return;
    resting = new AbortController();
    await clock.sleep(options.pollMs, resting.signal).catch(() => {});
    resting = undefined;
  }

  async function call(notice: Notice, { url, secret }: NoticeReceiver): Promise<Verdict> {
    const { id, body } = notice;
    const headers = {
      ...{ 'content-type': 'application/json', 'user-agent': 'Lineproof', [WEBHOOK_ID_HEADER]: id },
      ...createWebhookSigner(secret)(body, clock.nowMs()),
    };
    const limits = { timeoutMs: options.timeoutMs, answerMaxBytes: ANSWER_MAX_BYTES };
    try {
      const request = { method: 'POST', url, headers, body, ...limits } as const;
      const { status } = await transport.request(request, 'public', closing.signal);
      if (status >= 200 && status < 300) return 'taken';
      return status === GONE ? 'gone' : 'failed';
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return closing.signal.aborted ? 'stopped' : 'failed';
    }
  }

  async function settle(notice: Notice, verdict: Verdict, url: string): Promise<void> {
    const { seq, accountId } = notice;
    if (verdict === 'stopped') return;
    if (verdict === 'failed') {
      counts.failed += 1;
      const attempts = notice.attempts + 1;
      const nextMs = pace.retryAt(accountId, attempts, clock.nowMs());
      if (attempts < options.attemptsMax && nextMs < notice.expiresMs) return queue.retryLater(seq, nextMs);
      counts.givenUp += 1;
    } else if (verdict === 'taken') counts.delivered += 1;
    else counts.unwanted += 1;
    if (verdict === 'gone') await receivers.disable(accountId, url);
    await queue.done(seq);
  }

  async function handle(notice: Notice): Promise<void> {
    const { accountId } = notice;
    let wasTaken = false;
    try {
      const receiver = await receivers.find(accountId);
      const verdict = receiver === undefined ? 'unwanted' : await call(notice, receiver);
      await settle(notice, verdict, receiver?.url ?? '');
      wasTaken = verdict !== 'failed';
    } catch (error) {
      // The pause that follows keeps a store that fails from being asked, and the receiver from being called, in a circle.
      onDefect(error);
    }
    pace.end(accountId, wasTaken, clock.nowMs());
    inHand.delete(notice.seq);
    settled.add(notice.seq);
    wake();
  }

  /** How many were started. */
  async function startDue(): Promise<number> {
    const nowMs = clock.nowMs();
    if (nowMs - sweptMs >= SWEEP_MS) {
      sweptMs = nowMs;
      counts.givenUp += await queue.dropExpired(nowMs);
    }
    if (inHand.size >= atOnce) return 0;
    // Twice as many as may run: those that run are among them.
    const room = { limit: 2 * atOnce, perAccount: 2 * options.atOncePerAccount };
    settled.clear();
    const due = await queue.due(nowMs, { ...room, except: pace.held(nowMs) });
    let started = 0;
    for (const notice of due) {
      const { seq, accountId } = notice;
      if (closing.signal.aborted || inHand.size >= atOnce) break;
      if (inHand.has(seq) || settled.has(seq) || !pace.mayStart(accountId, nowMs)) continue;
      inHand.add(seq);
      pace.begin(accountId);
      started += 1;
      void handle(notice);
    }
    return started;
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      isWoken = false;
      let started = 0;
      try {
        started = await startDue();
      } catch (error) {
        onDefect(error);
        // Nobody can wake it: a queue that fails is asked again in its time.
        isWoken = false;
      }
      if (started === 0) await rest();
    }
    while (inHand.size > 0) {
      const ended = new AbortController();
      resting = ended;
      await new Promise((resolve) => ended.signal.addEventListener('abort', resolve, { once: true }));
    }
  }

  const over = run();
  return {
    wake,
    statistics: () => ({ running: inHand.size, ...counts }),
    async close() {
      closing.abort();
      resting?.abort();
      await over;
    },
  };
}
