// Sends what one person does through a published client: node send.cjs CLIENT HOST KEY PERSON
const [client, host, key, person] = process.argv.slice(2);

const anonymousId = `anon_${person}`;
const identify = { userId: person, anonymousId, traits: { name: 'Ada', plan: 'pro' } };
const track = { userId: person, event: 'Signed Up', properties: { a: 1 } };
const page = { userId: person, name: 'Home', properties: { url: 'https://x.test/' } };
const group = { userId: person, groupId: `group-${person}`, traits: { name: 'Acme' } };
const alias = { userId: person, previousId: `anon_old_${person}` };

const clients = {
  async segment() {
    const { Analytics } = require('@segment/analytics-node');
    const analytics = new Analytics({ writeKey: key, host, flushInterval: 100 });
    analytics.identify(identify);
    analytics.track(track);
    analytics.page(page);
    analytics.group(group);
    analytics.alias(alias);
    await analytics.closeAndFlush({ timeout: 30_000 });
  },

  async rudderstack() {
    const RudderAnalytics = require('@rudderstack/rudder-sdk-node');
    const analytics = new (RudderAnalytics.default ?? RudderAnalytics)(key, {
      dataPlaneUrl: host,
      flushInterval: 100,
    });
    analytics.identify(identify);
    analytics.track(track);
    analytics.page(page);
    analytics.group(group);
    analytics.alias(alias);
    // It sends the first alone and at once, and says of no other when it has arrived.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await analytics.flush();
  },

  async jitsu() {
    const { jitsuAnalytics } = require('@jitsu/js');
    // It wants keys to have two parts, and ours have one.
    const analytics = jitsuAnalytics({ host, writeKey: `${key}:any` });
    analytics.setAnonymousId(anonymousId);
    await analytics.identify(person, identify.traits);
    await analytics.track(track.event, track.properties);
    await analytics.page({ name: page.name, ...page.properties });
    await analytics.group(group.groupId, group.traits);
  },
};

clients[client]();
