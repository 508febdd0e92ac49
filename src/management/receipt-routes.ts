// Row: what an HTTP gateway says later of a message that it took. Whoever knows the secret may say it, and nobody else.

import { defineRoute, ManagementError, type RouteDefinition } from './route.ts';
import type { VerificationsContext } from './verifications/context.ts';

export function createReceiptRoutes({ takeReceipt }: VerificationsContext): RouteDefinition[] {
  return [
    defineRoute({
      name: 'receipt',
      group: 'messages',
      method: 'POST',
      path: '/receipts/:channel',
      access: ['public'],
      summary: {
        en: "Keeps a gateway's receipt, in JSON or as a form, signed in X-Lineproof-Timestamp and X-Lineproof-Signature; what is not answered with success is to be sent again.",
        zh: '接收并保存网关的送达回执（JSON 或表单），须带签名头；未返回成功时请重新发送。',
      },
      shape: 'own',
      raw: true,
      success: 204,
      answer: undefined,
      errors: ['forbidden', 'not_found', 'too_large', 'csrf'],
      examples: [
        {
          title: { en: 'Delivered', zh: '已送达' },
          parameters: { channel: 'webhook' },
          body: { id: 'msg-1', state: 'delivered' },
        },
      ],
      async run({ raw, parameters: { channel = '' }, receivedAtMs }) {
        if (raw === undefined) throw new Error('a receipt has a body');
        const said = await takeReceipt(channel, raw, receivedAtMs);
        if (said === 'unknown') throw new ManagementError('not_found');
        if (said === 'unsigned')
          throw new ManagementError('forbidden', 'The signature is missing, wrong or too old.');
        if (said === 'not_kept') throw new ManagementError('unavailable');
        return {};
      },
    }),
  ];
}
