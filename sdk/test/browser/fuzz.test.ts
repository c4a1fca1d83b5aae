import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Fault, type Front, openFront } from './front.js';
import { eventually, profile, timeline } from './people.js';
import { inABrowser, newTab, site, tagged, type Visitor, visitor } from './world.js';

inABrowser();

const SEQUENCES = Number(process.env.CROWD_SEQUENCES ?? 50);
const STEPS = 14;

let front: Front;

before(async () => void (front = await openFront()));
after(() => front.close());

/** Numbers from a seed: mulberry's mixing of a counter. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

interface Person {
  traits: Record<string, number>;
  anonymousIds: string[];
  events: string[];
}

/** What has to be known in the end, told by what people do at one browser. */
class Model {
  readonly people = new Map<string, Person>();
  private user: string | undefined;
  private unclaimed: string[] = [];
  /** Changes when somebody else is at the browser. */
  period = 0;

  track(event: string): void {
    if (this.user) this.people.get(this.user)!.events.push(event);
    else this.unclaimed.push(event);
  }

  identify(user: string, traits: Record<string, number>, anonymousId: string): void {
    const person = this.people.get(user) ?? { traits: {}, anonymousIds: [], events: [] };
    this.people.set(user, person);
    person.events.push(...this.unclaimed.splice(0));
    Object.assign(person.traits, traits);
    if (!person.anonymousIds.includes(anonymousId)) person.anonymousIds.push(anonymousId);
    this.user = user;
  }

  isSwitchTo(user: string): boolean {
    return this.user !== undefined && this.user !== user;
  }

  /** What nobody claimed until now stays nobody's. */
  somebodyElse(): void {
    this.user = undefined;
    this.unclaimed = [];
    this.period += 1;
  }
}

async function known(user: string): Promise<Person | null> {
  const [person, events] = [await profile(user), await timeline(user)];
  return (
    person && {
      traits: person.traits,
      anonymousIds: person.identities.map((identity: any) => identity.anonymous_id).sort(),
      events: events.flatMap(({ event }) => event ?? []).sort(),
    }
  );
}

/** Plays a sequence; returns its steps, for whoever has to understand a failure. */
async function play(seed: number, model: Model, steps: string[]): Promise<void> {
  const next = chance(seed);
  const users = ['a', 'b', 'c'].map((name) => `fuzz-${process.pid}-${seed}-${name}`);
  const tabs: Visitor[] = [await visitor()];
  const periods = new Map<number, string>();
  await tabs[0]!.page.goto(site.origin);
  let tab = tabs[0]!;

  /** The anonymous id changes exactly when somebody else is there. */
  async function checkedId(): Promise<string> {
    const id = await tab.anonymousId();
    const before = periods.get(model.period);
    if (before) assert.equal(id, before);
    else assert.ok(![...periods.values()].includes(id), `${id} is from before`);
    periods.set(model.period, id);
    return id;
  }

  for (let step = 0; step < STEPS; step++) {
    await checkedId();
    const dice = next(20);
    if (dice < 7) {
      steps.push(`track ${step}`);
      model.track(`event ${step}`);
      await tab.run(`crowd.track('event ${step}')`);
    } else if (dice < 11) {
      const user = users[next(users.length)]!;
      steps.push(`identify ${user}`);
      if (model.isSwitchTo(user)) model.somebodyElse();
      await tab.run(`crowd.identify('${user}', { trait_${step}: ${step} })`);
      model.identify(user, { [`trait_${step}`]: step }, await checkedId());
    } else if (dice < 13) {
      steps.push('reset');
      model.somebodyElse();
      await tab.run(`crowd.reset()`);
    } else if (dice < 15) {
      steps.push('reload');
      await tab.page.reload();
    } else if (dice < 17) {
      if (tabs.length < 3) {
        tabs.push(await newTab(tab));
        await tabs[tabs.length - 1]!.page.goto(site.origin);
      }
      tab = tabs[next(tabs.length)]!;
      steps.push(`tab ${tabs.indexOf(tab)}`);
      await tab.page.bringToFront();
    } else if (dice < 19) {
      const faults: Fault[] = ['down', 'busy', 'lost answer'];
      front.fault = front.fault === 'none' ? faults[next(faults.length)]! : 'none';
      steps.push(`network: ${front.fault}`);
    } else {
      steps.push('wait');
      await tab.page.waitForTimeout(150);
    }
  }
  front.fault = 'none';
  for (const { run } of tabs) await run(`dispatchEvent(new Event('online'))`);
  for (const { sent } of tabs) await sent();
  await tab.context.close();
}

test(`${SEQUENCES} sequences of what people do at a browser end as the model says`, async (t) => {
  // given
  site.put('/', tagged({ endpoint: front.address }));
  const first = Number(process.env.CROWD_SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`seed ${first}: CROWD_SEED=${first} ./crowd test browser fuzz`);
  for (let seed = first; seed < first + SEQUENCES; seed++) {
    const model = new Model();
    const steps: string[] = [];
    const say = (error: unknown) =>
      new Error(`CROWD_SEED=${seed} CROWD_SEQUENCES=1: ${steps.join(', ')}`, { cause: error });
    // when
    try {
      await play(seed, model, steps);
      // then
      for (const [user, expected] of model.people) {
        const wanted = {
          traits: expected.traits,
          anonymousIds: [...expected.anonymousIds].sort(),
          events: [...expected.events].sort(),
        };
        const seen = await eventually(
          () => known(user),
          (there) => JSON.stringify(there?.events) === JSON.stringify(wanted.events),
          5_000,
        );
        assert.deepEqual(seen, wanted);
      }
    } catch (error) {
      throw say(error);
    }
  }
});
