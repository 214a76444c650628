import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { subscriptionRoutes } from "../../shared/archive/subscription-routes.ts";
import { planDigests } from "../../shared/flows/plan-digests.ts";
import {
  dynaliteServer,
  enrol,
  type MailWorld,
  mailWorld,
  publish,
  resurface,
  wait,
} from "../flows/mail-world.ts";
import type { DynamoServer } from "../servers/dynamo.ts";

let server: DynamoServer;
let world: MailWorld;

beforeAll(async () => {
  server = await dynaliteServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  world = await mailWorld(server);
});
afterEach(() => world.close());

const open = (path: string) => subscriptionRoutes({ ports: world.ports }).request(path);

describe("a mail's link to itself", () => {
  it("shows what the mail told, and is the same for everybody with the same choices", async () => {
    await enrol(world, "a@example.org", {
      cadence: "daily",
      language: "fr",
      jurisdictions: ["FR"],
    });
    wait(world, 3_600);
    await enrol(world, "b@example.org", {
      cadence: "daily",
      language: "fr",
      jurisdictions: ["FR"],
    });
    await publish(world, "told");
    await publish(world, "elsewhere", {}, { jurisdiction: "DE" });
    await resurface(world, "comeback");
    wait(world, 86_400);
    await planDigests(world.ports);
    const links = world.outbox.map(({ text }) => /https:\S+\/issues\?\S+/.exec(text)?.[0] ?? "");
    const url = new URL(links[0] ?? "");
    const answer = await open(url.pathname + url.search);
    const html = await answer.text();

    expect(links[0]).toBe(links[1]);
    expect(answer.status).toBe(200);
    expect(html).toContain("De retour après un rejet et 200 jours de silence");
    expect(html).toContain('href="https://example.org/told"');
    expect(html).not.toContain("elsewhere");
    expect(html).not.toMatch(/token=|example\.org<|a@example|b@example/);
  });

  it.each([
    "/issues",
    "/issues?cadence=immediate&to=2026-03-03T07:00:00Z&days=1&language=en",
    "/issues?cadence=daily&to=2026-03-03T07:00:00Z&days=400&language=en",
    "/issues?cadence=daily&to=yesterday&days=1&language=en",
    "/issues?cadence=daily&to=2026-03-03T07:00:00Z&days=1&language=en&theme=weather",
  ])("%s names none, and says so", async (path) => {
    expect((await open(path)).status).toBe(400);
  });
});
