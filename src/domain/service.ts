// Services group actions. An account activates (acquires) a service; quota is counted per account and service.

export const SERVICES = ['line-status', 'line-tenure', 'identity-match', 'contact-verification'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Platform actions (keys, caller identity) belong to no service: they need no activation and cost nothing. */
export type ActionService = ServiceName | 'platform';
