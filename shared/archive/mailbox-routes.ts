// The built-in mailbox, for the person at this machine alone.
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { FOOTER_END } from "./pages/layout.ts";
import { mailboxListPage, mailboxMessagePage } from "./pages/mailbox-pages.ts";
import { pageTakes } from "./parameters.ts";

export interface MailboxEntry {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly at: string;
  readonly messageId: string;
}

export interface MailboxMessage extends MailboxEntry {
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Mailbox {
  list(): Promise<readonly MailboxEntry[]>;
  read(id: string): Promise<MailboxMessage | null>;
}

/** The mail as its reader sees it: its own styles, nothing loaded, no script; links open outside the frame. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** A proxy in front, or another name than this machine's, means that somebody else is asking. */
export function isLocal(c: Context): boolean {
  for (const name of c.req.raw.headers.keys())
    if (name === "forwarded" || name.startsWith("x-forwarded-")) return false;
  return LOCAL_HOST.test(c.req.header("host") ?? new URL(c.req.url).host);
}

/** At the end of every page, for whoever is at this machine: without a mail server this is where their mail is. */
export const linkMailbox: MiddlewareHandler = async (c, next) => {
  await next();
  const isPage = (c.res.headers.get("content-type") ?? "").startsWith("text/html");
  // A mail is shown as it is.
  if (!isPage || !isLocal(c) || /^\/mailbox\/.+\/html$/.test(c.req.path)) return;
  const page = await c.res.text();
  const linked = page.replace(FOOTER_END, ` <a href="/mailbox">Mailbox</a>${FOOTER_END}`);
  c.res = new Response(linked, { status: c.res.status, headers: c.res.headers });
};

export function mailboxRoutes(mailbox: Mailbox): Hono {
  const app = new Hono();
  for (const path of ["/mailbox", "/mailbox/*"])
    app.use(path, async (c, next) => {
      if (!isLocal(c)) return c.notFound();
      await next();
      c.header("Cache-Control", "no-store");
    });
  app.get("/mailbox", pageTakes(), async (c) => c.html(mailboxListPage(await mailbox.list())));
  app.get("/mailbox/:id", pageTakes(), async (c) => {
    const message = await mailbox.read(c.req.param("id"));
    return message === null ? c.notFound() : c.html(mailboxMessagePage(message));
  });
  app.get("/mailbox/:id/html", pageTakes(), async (c) => {
    const message = await mailbox.read(c.req.param("id"));
    if (message === null) return c.notFound();
    c.header("Content-Security-Policy", MAIL_POLICY);
    c.header("X-Frame-Options", "SAMEORIGIN");
    return c.html(openOutside(message.html));
  });
  return app;
}

/** A mail program opens links in a browser; in a frame they would open inside it. */
const openOutside = (html: string): string =>
  html.replace(/<head>/i, '<head><base target="_blank">');
