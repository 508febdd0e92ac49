// The words of the signature doctor: a verdict and a message for each step.

import {
  type Diagnosis,
  type DiagnosisStep,
  type KeyFound,
  STEPS,
  type StepName,
} from '../../domain/diagnosis.ts';
import type { ApiKey } from '../../ports/accounts.ts';
import type { Explanation } from './find-habits.ts';

const SIGNED_STEPS: readonly StepName[] = ['host', 'path', 'query', 'content_type', 'payload', 'secret'];
const V1_STEPS: readonly StepName[] = ['host', 'path', 'parameters', 'algorithm', 'secret'];

export function createVerdicts(method: Diagnosis['method']) {
  const found = new Map<StepName, DiagnosisStep>();
  let signedSteps = method === 'TC3-HMAC-SHA256' ? SIGNED_STEPS : V1_STEPS;

  function put(
    step: StepName,
    verdict: DiagnosisStep['verdict'],
    finding: string,
    en: string,
    zh: string,
  ): void {
    if (found.get(step)?.verdict !== 'wrong')
      found.set(step, { step, verdict, finding, message: { en, zh } });
  }

  return {
    malformed(part: string): void {
      put(
        ...(['form', 'wrong', 'authorization_malformed'] as const),
        part === 'Authorization'
          ? 'The request carries no signature: neither an Authorization header nor signed parameters.'
          : `The part ${part} of the Authorization header is missing or not well formed.`,
        part === 'Authorization' ? '请求未携带签名。' : `Authorization 头中的 ${part} 缺失或格式错误。`,
      );
    },
    wellFormed(missing: readonly string[]): void {
      if (missing.length === 0)
        put('form', 'ok', 'form_ok', 'The signature is well formed.', '签名格式正确。');
      else
        put(
          ...(['form', 'wrong', 'parameter_missing'] as const),
          `Missing: ${missing.join(', ')}.`,
          `缺少：${missing.join('、')}。`,
        );
    },
    judgeKey(key: ApiKey | KeyFound): void {
      if (key === 'foreign')
        put(
          ...(['key', 'wrong', 'key_not_of_this_account'] as const),
          'The SecretId is none of the keys of this account.',
          'SecretId 不属于当前账户。',
        );
      else if (key === 'unknown')
        put(
          ...(['key', 'wrong', 'key_unknown'] as const),
          'No key of this server has this SecretId.',
          '本服务器上没有此 SecretId 对应的密钥。',
        );
      else if (key === 'revoked')
        put(
          ...(['key', 'wrong', 'key_revoked'] as const),
          'The key was revoked, or rotated: this SecretId and its secret are dead.',
          '密钥已被吊销或轮换：此 SecretId 及其密钥已失效。',
        );
      else if (key === 'disabled')
        put('key', 'wrong', 'key_disabled', 'The key is disabled or has expired.', '密钥已禁用或已过期。');
      else put('key', 'ok', 'key_ok', 'The key is known and enabled.', '密钥存在且已启用。');
    },
    /** Said of a token that was sent alone: no key of this server has one. */
    judgeToken(token: string | undefined): void {
      if (token)
        put(
          ...(['token', 'wrong', 'token_sent'] as const),
          'A temporary token was sent (X-TC-Token, or the parameter Token), and keys of this server have none: give the SDK id and secret alone. The token of a key is for bearer calls.',
          '请求携带了临时令牌（X-TC-Token 或参数 Token），而本服务的密钥没有临时令牌：SDK 只需 SecretId 与 SecretKey。密钥的 Token 用于 Bearer 调用。',
        );
    },
    judgeTime(timestamp: string, nowMs: number, windowSeconds: number): void {
      if (!/^\d{1,12}$/.test(timestamp)) {
        const isMilliseconds = /^\d{13}$/.test(timestamp);
        put(
          ...(['clock', 'wrong', isMilliseconds ? 'timestamp_milliseconds' : 'timestamp_malformed'] as const),
          isMilliseconds
            ? 'The timestamp is in milliseconds; it must be in seconds.'
            : 'The timestamp is missing or no number of seconds.',
          isMilliseconds ? '时间戳为毫秒，应为秒。' : '时间戳缺失或不是秒数。',
        );
        return;
      }
      const skew = Number(timestamp) - Math.floor(nowMs / 1000);
      if (Math.abs(skew) <= windowSeconds)
        put(
          'clock',
          'ok',
          'clock_ok',
          `Within ${windowSeconds} s of the server.`,
          `与服务器时间相差不超过 ${windowSeconds} 秒。`,
        );
      else
        put(
          ...(['clock', 'wrong', 'clock_skew'] as const),
          `The timestamp is ${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} the server now; ${windowSeconds} s are allowed. A request that is pasted later than that is late for that alone.`,
          `时间戳比服务器当前时间${skew < 0 ? '慢' : '快'} ${Math.abs(skew)} 秒，允许 ${windowSeconds} 秒。若粘贴较晚的请求，此项必然不符。`,
        );
    },
    judgeScope(isRight: boolean): void {
      if (isRight)
        put(
          'scope',
          'ok',
          'scope_ok',
          'The date is the UTC date of the timestamp.',
          '日期与时间戳的 UTC 日期一致。',
        );
      else
        put(
          ...(['scope', 'wrong', 'date_of_another_zone'] as const),
          'The date in the credential is not the UTC date of the timestamp.',
          'Credential 中的日期不是时间戳对应的 UTC 日期。',
        );
    },
    judgeSignedHeaders(absent: readonly string[]): void {
      if (absent.length === 0)
        put(
          'signed_headers',
          'ok',
          'signed_headers_ok',
          'Every signed header is there.',
          '所有签名头均存在。',
        );
      else
        put(
          ...(['signed_headers', 'wrong', 'signed_header_absent'] as const),
          `Signed, but not in the request: ${absent.join(', ')}.`,
          `已签名但请求中不存在：${absent.join('、')}。`,
        );
    },
    judgeRegion(region: string | undefined, isSigned: boolean): void {
      if (isSigned) signedSteps = [...signedSteps, 'region'];
      if (region === undefined)
        put('region', 'ok', 'region_absent', 'No region, which is fine.', '未指定地域，可以接受。');
      else if (region === '' || region === 'null')
        put(
          ...(['region', 'ok', 'region_empty'] as const),
          'An empty region is accepted; of signed parameters it must be signed like the others.',
          '空地域可以接受；作为参数时同样需要参与签名。',
        );
      else
        put(
          'region',
          'ok',
          'region_ok',
          'A region is accepted and not looked at.',
          '地域可以接受，但不会使用。',
        );
    },
    /** Nobody but the client knows: a paste may show a line end more or less than was sent. */
    lineEndPasted(isExtra: boolean): void {
      put(
        ...(['payload', 'ok', 'payload_line_end_pasted'] as const),
        isExtra
          ? 'As it was signed, but for the line end behind it: fine if only the paste has that, refused if the client sends it.'
          : 'As it was signed with a line end behind it, which the paste does not have: fine if the client sends that, refused if not.',
        isExtra
          ? '除末尾的换行外与签名一致：若换行仅由粘贴产生则无妨；若客户端确实发送了它，请求会被拒绝。'
          : '与末尾带换行的正文的签名一致，而粘贴内容没有该换行：若客户端确实发送了换行则无妨，否则请求会被拒绝。',
      );
    },
    plusAsSpace(): void {
      put(
        ...(['signature', 'wrong', 'signature_not_encoded'] as const),
        'The Signature was sent without percent-encoding: its plus signs arrived as spaces.',
        'Signature 未进行 URL 编码，其中的加号被解析为空格。',
      );
    },
    /** undefined: nothing that was tried fits. */
    explain(habits: readonly Explanation[] | undefined): void {
      for (const { step, finding, en, zh } of habits ?? []) put(step, 'wrong', finding, en, zh);
      if (habits === undefined) {
        for (const step of signedSteps)
          put(
            step,
            'unknown',
            'undecided',
            'Cannot be told: nothing that was tried fits.',
            '无法判断：已尝试的情形均不匹配。',
          );
        put(
          ...(['signature', 'wrong', 'nothing_fits'] as const),
          'No habit that is known fits. Most likely the secret is another one (rotated, mistyped), or the request was altered on its way.',
          '没有匹配的已知情形。很可能 SecretKey 不一致（已轮换或有误），或请求在传输中被修改。',
        );
      } else
        put(
          'signature',
          'wrong',
          'explained',
          'It does not fit, for what is named above.',
          '签名不匹配，原因见上。',
        );
    },
    conclude(fits: boolean): Diagnosis {
      const isJudged = found.has('signature');
      if (fits || isJudged)
        for (const step of signedSteps)
          if (!found.has(step)) put(step, 'ok', 'as_signed', 'As it was signed.', '与签名一致。');
      if (fits) put('signature', 'ok', 'signature_fits', 'The signature fits.', '签名匹配。');
      else if (!isJudged)
        put(
          ...(['signature', 'unknown', 'not_compared'] as const),
          'Not compared, for what is named above.',
          '由于上述原因未进行比较。',
        );
      return { method, fits, steps: STEPS.flatMap((step) => found.get(step) ?? []) };
    },
  };
}
