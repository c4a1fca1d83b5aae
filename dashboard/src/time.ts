/** Whose clock times are shown in. */
export type Zone = 'local' | 'utc';

export interface Times {
  /** `14:03:09` */
  clock(millis: number): string;
  /** `Friday, 28 November 2026` */
  day(millis: number): string;
  /** `28 Nov 2026` */
  date(millis: number): string;
  /** `28 Nov 2026, 14:03:09` */
  moment(millis: number): string;
  /** Everything, with the zone. */
  whole(millis: number): string;
  /** A number for each day: equal for two moments of one day. */
  dayNumber(millis: number): number;
  /** Of the zone, as in `Europe/Berlin`. */
  name: string;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;

export function times(zone: Zone, locale?: string): Times {
  const timeZone = zone === 'utc' ? 'UTC' : undefined;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timeZone && { timeZone }) });
  const clock = format(CLOCK);
  const day = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const date = format(DATE);
  const moment = format({ ...DATE, ...CLOCK });
  const whole = format({ dateStyle: 'full', timeStyle: 'long' });
  return {
    clock: (millis) => clock.format(millis),
    day: (millis) => day.format(millis),
    date: (millis) => date.format(millis),
    moment: (millis) => moment.format(millis),
    whole: (millis) => whole.format(millis),
    // Not by a formatter, which would take longer than all else for 100,000 events.
    dayNumber:
      zone === 'utc'
        ? (millis) => Math.floor(millis / 86_400_000)
        : (millis) => {
            const date = new Date(millis);
            return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
          },
    name: clock.resolvedOptions().timeZone,
  };
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `3 hr. ago`; below a minute `just now`. */
export function ago(millis: number, now: number, locale?: string): string {
  const seconds = Math.round((millis - now) / 1_000);
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step
    ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(
        Math.trunc(seconds / step[1]),
        step[0],
      )
    : 'just now';
}
