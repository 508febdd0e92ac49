// Where no code can be sent or checked, such as in a command beside the server: every question ends in operation_unsupported.

import { Fault } from '../domain/fault.ts';
import type { Verifications } from '../ports/verifications.ts';

const refuse = (): never => {
  throw new Fault('operation_unsupported');
};

export const NO_VERIFICATIONS: Verifications = {
  start: refuse,
  check: refuse,
  checkById: refuse,
  contacts: refuse,
  removeContact: refuse,
  find: refuse,
  list: refuse,
  refusals: refuse,
  refusalSums: refuse,
  settings: refuse,
  changeSettings: refuse,
  templates: refuse,
  putTemplate: refuse,
  removeTemplate: refuse,
};
