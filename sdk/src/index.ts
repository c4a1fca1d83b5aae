/** Crowd in a page. */
export class Crowd {
  private website = '';
  private endpoint = '';

  init(website: string, options: { endpoint: string }): void {
    this.website = website;
    this.endpoint = options.endpoint;
  }

  track(event: string, properties: Record<string, unknown> = {}): void {
    const message = { type: 'track', event, properties, anonymous_id: `anon_${crypto.randomUUID()}` };
    void fetch(`${this.endpoint}/batch`, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ website: this.website, batch: [message] }),
    });
  }
}

export const crowd = new Crowd();
