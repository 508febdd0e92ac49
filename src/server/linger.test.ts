import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { lingerAtClose } from './linger.ts';

/** More than any stack is deep. */
const MANY = 20_000;

function openSocket() {
  const said: string[] = [];
  const say = (word: string) => () => void said.push(word);
  const methods = { destroySoon: say('destroySoon'), end: say('end'), destroy: say('destroy') };
  return { said, socket: Object.assign(new EventEmitter(), methods, { destroyed: false }) };
}

function requestOn(socket: object, complete: boolean) {
  const request = Object.assign(new EventEmitter(), { socket, complete, resume: () => {} });
  lingerAtClose(request as unknown as IncomingMessage);
  return request;
}

test('however many requests a connection had, it is closed once, and at once where all of them were read', () => {
  const { socket, said } = openSocket();
  for (let at = 0; at < MANY; at += 1) requestOn(socket, true);
  (socket as unknown as Socket).destroySoon();
  assert.deepEqual(said, ['destroySoon']);
});

test('only the newest request decides: what is left of it is read before the connection is closed', () => {
  const { socket, said } = openSocket();
  requestOn(socket, true);
  const unread = requestOn(socket, false);
  (socket as unknown as Socket).destroySoon();
  assert.deepEqual(said, ['end']);
  unread.emit('end');
  socket.emit('close');
  assert.deepEqual(said, ['end', 'destroy']);
});
