/** What somebody puts on his pages. */
export function snippet(origin: string, website: string): string {
  return `<script src="${origin}/sdk/crowd.js"></script>
<script>
  crowd.init(${JSON.stringify(website)});

  // when somebody has logged in
  crowd.identify("user_123", { email: "jane@acme.com", plan: "pro" });

  // when he logs out
  crowd.reset();
</script>`;
}

/** A first user from a terminal. */
export function curlLine(origin: string, website: string): string {
  const body = JSON.stringify({ website, user_id: 'user_123', traits: { plan: 'pro' } });
  return `curl -X POST ${origin}/identify \\
  -H 'Content-Type: application/json' \\
  -H 'X-Crowd-Key: YOUR_SERVER_KEY' \\
  -d '${body}'`;
}
