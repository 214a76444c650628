// The environment as schemas: infra satisfies them, functions parse them.
import { z } from "zod";

const flag = z
  .enum(["0", "1", ""])
  .optional()
  .transform((value) => value === "1");
const seconds = z.coerce.number().int().nonnegative();

/**
 * First segments of the archive's own addresses. A path that begins with one cannot be told from the page of that name where a
 * proxy takes the path off.
 */
export const OWN_SEGMENTS: ReadonlySet<string> = new Set(
  "about accuracy api calendar.ics canary confirm de dossiers en events events.atom events.json events.rss feed.atom feed.json feed.rss feeds fr healthz issues items jurisdictions mailbox operator preferences privacy style.css subscribe themes unsubscribe".split(
    " ",
  ),
);

const publicUrlProblem = ({ pathname, search, hash, username, password }: URL): string | null => {
  if (search !== "" || hash !== "") return "no `?` or `#`: links are made by adding to it";
  if (username !== "" || password !== "") return "no user or password: it stands in every mail";
  if (!/^[\w.~/-]*$/.test(pathname)) return "a path of letters, digits and `-._~` alone";
  const first = pathname.split("/").find((segment) => segment !== "") ?? "";
  if (!OWN_SEGMENTS.has(first)) return null;
  return `another path than /${first}, which is an address of the archive's own`;
};

/** Without slashes at its end, so that `/` and a path can be added. A path of its own is where the archive is, behind a proxy. */
const PublicUrl = z
  .url({
    protocol: /^https?$/,
    error: "an address such as https://example.org or https://example.org/watch",
  })
  .transform((given, context) => {
    const url = new URL(given);
    const problem = publicUrlProblem(url);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
    return url.origin + url.pathname.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  });

/** What both worlds read. Names are the contract's; an empty value counts as unset. */
export const CommonSettings = z.object({
  PUBLIC_URL: PublicUrl.optional(),
  CONTACT_URL: z
    .url({ protocol: /^(?:https?|mailto)$/ })
    .default("https://github.com/backdoor-watch/backdoor-watch"),
  OPERATOR_EMAIL: z.email().optional(),
  COALESCE_SECONDS: seconds.default(600),
  POLL_SECONDS: seconds.optional(),
  /** Set once, after a backup was restored: what was due by then was told by the installation that is lost. */
  RESUME_AFTER: z.iso
    .datetime({ offset: true, error: "an instant such as 2026-03-01T06:00:00Z" })
    .transform((instant) => new Date(instant).toISOString())
    .optional(),
  ALLOW_PRIVATE_NETWORK: flag,
});

/** One machine. */
export const LocalSettings = CommonSettings.extend({
  PORT: z.coerce
    .number({ error: "a whole number from 0 to 65535" })
    .int()
    .min(0)
    .max(65_535)
    .default(8080),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default(".data"),
  FEEDS: z.string().min(1).optional(),
  MAIL_URL: z
    .url({ protocol: /^smtps?$/, error: "an address such as smtp://user:password@host:port" })
    .optional(),
  MAIL_FROM: z.email().optional(),
  DYNAMODB_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
});
export type LocalSettings = z.infer<typeof LocalSettings>;

/** Lambda. Every variable that infra must set; one that is missing or misspelt there does not compile. */
export const CloudSettings = CommonSettings.extend({
  TABLE_NAME: z.string().min(1),
  POLL_QUEUE_URL: z.url(),
  DIGEST_QUEUE_URL: z.url(),
  SECRET_ARN: z.string().min(1),
  MAIL_FROM: z.email(),
  SES_CONFIGURATION_SET: z.string().min(1),
  PUBLIC_URL: PublicUrl,
  /** Other endpoints than AWS's own, for running a bundle against servers on loopback. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  SQS_ENDPOINT: z.url().optional(),
  SES_ENDPOINT: z.url().optional(),
  SECRETS_ENDPOINT: z.url().optional(),
});
export type CloudSettings = z.infer<typeof CloudSettings>;

/**
 * @param environment `process.env`, read once at the edge
 * @throws Error naming each variable that is wrong, and how
 */
export function readSettings<T extends z.ZodType>(
  schema: T,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<T> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`settings: ${wrong.join("; ")}`);
}
