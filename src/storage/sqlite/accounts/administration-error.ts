// An act on accounts or keys that cannot be done. The message is for the operator and holds no secret.

import { DeskError } from '../../../ports/account-desk.ts';

export class AdministrationError extends DeskError {}
