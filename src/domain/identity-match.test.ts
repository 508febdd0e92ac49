import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchThreeElements, matchTwoElements } from './identity-match.ts';

const three = (nameMatches: boolean | undefined, idCardMatches: boolean | undefined) => {
  const result = matchThreeElements({ nameMatches, idCardMatches });
  return 'mismatch' in result ? result.mismatch : result.verdict;
};

test('three elements match only when name and ID card both agree; the kind of mismatch names what differs', () => {
  assert.equal(three(true, true), 'match');
  assert.equal(three(true, false), 'phone_id_card');
  assert.equal(three(false, true), 'phone_name');
  assert.equal(three(false, false), 'phone_name_id_card');
});

test('a record that lacks an element is no record, even where the other element differs', () => {
  for (const other of [true, false, undefined]) {
    assert.equal(three(undefined, other), 'no_record');
    assert.equal(three(other, undefined), 'no_record');
  }
});

test('two elements need the name alone', () => {
  assert.equal(matchTwoElements({ nameMatches: true }), 'match');
  assert.equal(matchTwoElements({ nameMatches: false }), 'mismatch');
  assert.equal(matchTwoElements({ nameMatches: undefined }), 'no_record');
});
