import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Api, ApiError } from '../../src/api.js';

const real = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = real;
});

/** Answers every call so; the last call is kept. */
function answering(answer: () => Promise<Response>): { path: string; init: RequestInit } {
  const call = { path: '', init: {} as RequestInit };
  globalThis.fetch = (path, init) => {
    Object.assign(call, { path, init });
    return answer();
  };
  return call;
}

async function thrown(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.fail('it ended well'),
    (error) => error,
  );
}

test('an id stands in the query, where it can be anything', async () => {
  // given
  const call = answering(async () => Response.json({ user_id: 'a/../b?c&d' }));
  // when
  await new Api('rk_1').user('a/../b?c&d');
  // then
  assert.equal(call.path, '/users/@?id=a%2F..%2Fb%3Fc%26d');
  assert.deepEqual(call.init, { method: 'GET', headers: { 'X-Crowd-Key': 'rk_1' }, cache: 'no-store' });
});

test('a refusal says what the problem says', async () => {
  answering(async () => Response.json({ code: 'user_not_found', detail: 'Nobody.' }, { status: 404 }));
  const error = await thrown(new Api('rk_1').user('x'));
  assert.ok(error instanceof ApiError);
  assert.deepEqual([error.status, error.code, error.message], [404, 'user_not_found', 'Nobody.']);
});

test('an answer that is none, and no answer, are told apart', async () => {
  answering(async () => new Response('<html>', { status: 502 }));
  const broken = (await thrown(new Api('rk_1').website())) as ApiError;
  answering(() => Promise.reject(new TypeError('no network')));
  const none = (await thrown(new Api('rk_1').website())) as ApiError;
  assert.deepEqual([broken.status, broken.code, none.status, none.code], [502, 'no_answer', 0, 'network']);
});

test('a call that nobody waits for any more is no failure, also while its answer is read', async () => {
  for (const body of [
    undefined,
    new ReadableStream({ pull: () => Promise.reject(new DOMException('', 'AbortError')) }),
  ]) {
    // given
    const waiting = new AbortController();
    answering(async () => {
      waiting.abort();
      return body ? new Response(body) : Promise.reject(waiting.signal.reason);
    });
    // when
    const error = await thrown(new Api('rk_1').users('', null, waiting.signal));
    // then
    assert.equal((error as Error).name, 'AbortError');
  }
});
