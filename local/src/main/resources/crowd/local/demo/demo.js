// A shop for trying Crowd. The first half is the shop, and calls crowd as any would; the second shows
// what came of it, by the API and the local run's read key, which no real page would have.
'use strict';

const GOODS = [
  { sku: 'assam', name: 'Assam', price: 9 },
  { sku: 'sencha', name: 'Sencha', price: 12 },
  { sku: 'rooibos', name: 'Rooibos', price: 7 },
];

const CUSTOMERS = [
  { id: 'user_jane', traits: { name: 'Jane', email: 'jane@acme.example', plan: 'pro' } },
  { id: 'user_john', traits: { name: 'John', email: 'john@acme.example', plan: 'free' } },
];

const basket = () => JSON.parse(localStorage.getItem('demo_basket') ?? '[]');
const customer = () => CUSTOMERS.find(({ id }) => id === localStorage.getItem('demo_customer'));

function addToBasket(good) {
  localStorage.setItem('demo_basket', JSON.stringify([...basket(), good.sku]));
  crowd.track('Added', { sku: good.sku, price: good.price });
}

function buy() {
  crowd.track('Bought', { skus: basket(), total: total() });
  localStorage.removeItem('demo_basket');
  location.href = '/demo';
}

function logIn({ id, traits }) {
  localStorage.setItem('demo_customer', id);
  crowd.identify(id, traits);
}

function logOut() {
  localStorage.removeItem('demo_customer');
  localStorage.removeItem('demo_basket');
  crowd.reset();
}

const total = () =>
  basket().reduce((sum, sku) => sum + GOODS.find((good) => good.sku === sku).price, 0);

function element(name, text = '', more = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, more);
}

function button(text, action) {
  return element('button', text, {
    type: 'button',
    onclick: () => {
      action();
      draw();
    },
  });
}

function row(good, action) {
  const item = element('li');
  item.append(element('span', good.name), element('span', `${good.price} EUR`, { className: 'price' }));
  if (action) item.append(action);
  return item;
}

function draw() {
  document.getElementById('goods')?.replaceChildren(
    ...GOODS.map((good) => row(good, button('Add', () => addToBasket(good)))),
  );
  const goods = basket().map((sku) => row(GOODS.find((good) => good.sku === sku)));
  document.getElementById('basket')?.replaceChildren(
    ...(goods.length ? goods : [element('li', 'Nothing in it yet.')]),
  );
  const order = document.getElementById('buy');
  if (order) {
    order.disabled = !goods.length;
    order.textContent = goods.length ? `Buy for ${total()} EUR` : 'Buy';
    order.onclick = buy;
  }
  const who = document.getElementById('who');
  if (who) {
    const name = customer()?.traits.name;
    who.textContent = name ? `You are logged in as ${name}.` : 'You are not logged in. Be one of our two customers:';
    document.getElementById('choices').replaceChildren(
      ...(name
        ? [button('Log out', logOut)]
        : CUSTOMERS.map((one) => button(`Log in as ${one.traits.name}`, () => logIn(one)))),
    );
  }
  void show();
}

// What Crowd knows.

const HINTS = {
  start: 'Nobody yet: put something into the basket, then log in under Account.',
  known: 'What was done before the login is marked. Now log out and be the other one: nothing of this is his.',
  second: 'Two people at one browser, two profiles.',
};

const NAMES = { page: 'Visited', identify: 'Logged in', reset: 'Logged out' };

/** What this browser sent under an anonymous id that nobody has claimed: people are all that can be read. */
const unclaimed = () => JSON.parse(sessionStorage.getItem('demo_unclaimed') ?? '[]');

function taken({ type, event, properties, user_id: user }) {
  const events = user || type === 'reset' ? [] : [...unclaimed(), { type, event, properties }];
  sessionStorage.setItem('demo_unclaimed', JSON.stringify(events));
  // On the timeline a moment later.
  setTimeout(show, 400);
}

async function read(path) {
  const answer = await fetch(path, { headers: { 'X-Crowd-Key': 'rk_demo_local' } });
  return answer.ok ? answer.json() : null;
}

function line({ type, event, properties, before_identify: before }) {
  const item = element('li', event ?? NAMES[type] ?? type);
  const detail = properties?.sku ?? properties?.path;
  if (detail) item.append(' ', element('span', detail, { className: 'detail' }));
  if (before) item.append(' ', element('span', 'before', { className: 'mark' }));
  return item;
}

async function show() {
  const known = document.getElementById('known');
  const anonymousId = crowd.getAnonymousId();
  const user = customer()?.id;
  const facts = [['Browser', anonymousId ? `${anonymousId.slice(0, 13)}...` : 'no consent'], ['Person', user ?? 'nobody yet']];
  known.replaceChildren(...facts.flatMap(([name, text]) => [element('dt', name), element('dd', text)]));
  const timeline = user
    ? await read(`/users/${user}/events?order=desc&limit=12`)
    : { events: unclaimed().reverse() };
  const events = timeline?.events ?? [];
  document.getElementById('story').replaceChildren(...events.map(line));
  document.getElementById('story-of').textContent = user
    ? `${customer().traits.name}'s timeline`
    : 'Sent, and nobody\u2019s yet';
  if (user) localStorage.setItem(`demo_met_${user}`, '1');
  const met = CUSTOMERS.filter(({ id }) => localStorage.getItem(`demo_met_${id}`)).length;
  const hint = document.getElementById('hint');
  hint.textContent = !user ? HINTS.start : met > 1 ? HINTS.second : HINTS.known;
  if (user) {
    const profile = element('a', 'See the whole profile', { href: `/#/users/${user}` });
    hint.append(' ', profile);
  }
}

if (typeof crowd === 'undefined') {
  document.getElementById('hint').textContent =
    'The SDK is not there. ./crowd dev builds it, with Node 20.';
} else {
  crowd.on('sent', taken);
  draw();
}
