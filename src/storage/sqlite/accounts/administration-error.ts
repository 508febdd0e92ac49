// An act on accounts or keys that cannot be done. The message is for the operator and holds no secret.

export class AdministrationError extends Error {}
