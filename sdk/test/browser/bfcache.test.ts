import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, timeline } from './people.js';
import { deeds, inABrowser, person, site, tagged, visitor } from './world.js';

inABrowser(['--disable-back-forward-cache']);

test('a page that comes back out of the back/forward cache is a visit, and goes on', async () => {
  // given
  const back = `<script>addEventListener('pageshow', (event) =>
    event.persisted && crowd.track('Back on ' + window.mark))</script>`;
  site.put('/', tagged({ head: back }));
  site.put('/next', tagged({}));
  const one = await visitor();
  await one.page.goto(site.origin);
  const user = person('back');
  await one.run(`window.mark = 'the same page'; crowd.identify('${user}')`);
  await one.sent();
  await one.page.goto(`${site.origin}/next`);
  await one.sent();
  // when: it is shown without being loaded, so nothing says that it is
  await one.run(`setTimeout(() => history.back())`);
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => deeds(events).length >= 2,
  );
  assert.deepEqual(
    seen.map(({ type, event, properties }) => event ?? `${type} ${properties?.path ?? ''}`.trim()),
    ['page /', 'identify', 'page /next', 'page /', 'Back on the same page'],
  );
});
