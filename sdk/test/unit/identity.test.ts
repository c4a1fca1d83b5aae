import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Identity } from '../../src/identity.js';
import { FakeStorage, freshStorage } from './world.js';

const MINUTE = 60_000;

/** Cookies of one domain, which all of its hosts see. */
class Jar {
  value: string | null = null;
  get = () => this.value;
  set = (_: string, value: string) => ((this.value = value), true);
  remove = () => void (this.value = null);
}

let now: number;
let jar: Jar;
let storage: FakeStorage;

beforeEach(() => {
  now = Date.parse('2025-05-20T14:16:00Z');
  jar = new Jar();
  storage = freshStorage();
});

const page = () => new Identity('crowd_demo', jar, () => now);

test('the first visit makes an anonymous id, in the cookie and in local storage', () => {
  // when
  const { anonymousId } = page().current();
  // then
  assert.match(anonymousId, /^anon_[0-9a-f-]{36}$/);
  assert.equal(jar.value, anonymousId);
  assert.equal(JSON.parse(storage.getItem('crowd_demo')!).anonymousId, anonymousId);
});

test('the next page knows all of it', () => {
  // given
  const known = page().change({ userId: 'jane', groupId: 'acme' });
  // then
  assert.deepEqual(page().current(), known);
});

test('the cookie restores local storage, and the other way round', () => {
  // given
  const { anonymousId } = page().current();
  // when
  jar.value = null;
  const one = page().current();
  storage.removeItem('crowd_demo');
  const other = page().current();
  // then
  assert.deepEqual(
    [one.anonymousId, other.anonymousId, jar.value],
    [anonymousId, anonymousId, anonymousId],
  );
});

test('what is in the cookie and is no anonymous id of ours is replaced', () => {
  // given
  jar.value = '<script>';
  // then
  assert.match(page().current().anonymousId, /^anon_/);
  assert.match(jar.value, /^anon_/);
});

test('a logout on another host of the website is one here: its cookie is another', () => {
  // given
  page().change({ userId: 'jane' });
  const elsewhere = (storage: FakeStorage) =>
    Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  elsewhere(new FakeStorage());
  const fresh = page().renew().anonymousId;
  // when
  elsewhere(storage);
  const { anonymousId, userId } = page().current();
  // then
  assert.deepEqual({ anonymousId, userId }, { anonymousId: fresh, userId: undefined });
});

test('half an hour without a message ends the session, and what was said in it', () => {
  // given
  const before = page().change({ userId: 'jane', identified: 'said' });
  now += 29 * MINUTE;
  const still = page().current();
  // when
  now += 31 * MINUTE;
  const after = page().current();
  // then
  assert.equal(still.session, before.session);
  assert.notEqual(after.session, before.session);
  assert.deepEqual(
    [after.anonymousId, after.userId, after.identified],
    [before.anonymousId, 'jane', undefined],
  );
});

test('a reset leaves nothing of before', () => {
  // given
  const before = page().change({ userId: 'jane', userHash: 'h', groupId: 'acme', identified: 'x' });
  // when
  const after = page().renew();
  // then
  assert.deepEqual(Object.keys(after).sort(), ['anonymousId', 'at', 'session']);
  assert.notEqual(after.anonymousId, before.anonymousId);
  assert.notEqual(after.session, before.session);
  assert.equal(jar.value, after.anonymousId);
});
