import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { test } from 'node:test';
import { hashPassword, readPasswordCost, verifyPassword } from './password-hash.ts';

const COST = { memoryKib: 32, passes: 2, parallelism: 1 };
const PEPPER = Buffer.alloc(32, 5);
const SALT = Buffer.alloc(16, 9);

test('the platform computes argon2id as RFC 9106 section 5.3 does', () => {
  const tag = argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    memory: 32,
    passes: 3,
    parallelism: 4,
    tagLength: 32,
  });
  assert.equal(tag.toString('hex'), '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
});

test('a hash names its cost and fits its password only, under its pepper only', async () => {
  const stored = await hashPassword('correct horse battery', PEPPER, COST, SALT);
  assert.match(stored, /^\$argon2id\$v=19\$m=32,t=2,p=1\$/);
  assert.deepEqual(readPasswordCost(stored), COST);
  assert.equal(await verifyPassword('correct horse battery', PEPPER, stored), true);
  assert.equal(await verifyPassword('correct horse batterz', PEPPER, stored), false);
  assert.equal(await verifyPassword('correct horse battery', Buffer.alloc(32, 6), stored), false);
});

test('a password typed in full width or decomposed is the same password', async () => {
  const stored = await hashPassword('café battery ok', PEPPER, COST, SALT);
  assert.equal(await verifyPassword('cafe\u0301 ｂattery ok', PEPPER, stored), true);
});

test('a malformed stored hash is a defect, not a wrong password', async () => {
  await assert.rejects(verifyPassword('x', PEPPER, '$argon2i$v=19$m=32,t=2,p=1$a$b'), /malformed/);
});
