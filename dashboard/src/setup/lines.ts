/** What somebody puts on his pages. */
export function tag(origin: string, website: string): string {
  return `<script async src="${origin}/sdk/crowd.js" data-website="${website}"></script>`;
}

/** What his pages call. */
export const CALLS = `// once he has logged in
crowd.identify("user_123", { email: "jane@acme.com", plan: "pro" });

// at logout, before the login page is shown
crowd.reset();`;

/** A first user from a terminal. */
export function curlLine(origin: string, website: string): string {
  const body = JSON.stringify({ website, user_id: 'user_123', traits: { plan: 'pro' } });
  return `curl -X POST ${origin}/identify \\
  -H 'Content-Type: application/json' \\
  -H 'X-Crowd-Key: YOUR_SERVER_KEY' \\
  -d '${body}'`;
}
