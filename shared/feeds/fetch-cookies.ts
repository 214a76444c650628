// Feeds: cookies of one fetch. Some sites redirect in a circle until the cookie that they have just set comes back.

/** Kept for the one fetch, and for the very host that set it, whatever its Domain attribute says. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
  readonly secure: boolean;
}

const MOST_COOKIES = 50;
/** Of one cookie, name, value and attributes (RFC 6265 §6.1). */
const MOST_CHARACTERS = 4_096;

/**
 * @param set values of `Set-Cookie` as the host of `url` sent them
 * @param now a cookie that has expired is taken away
 */
export function keepCookies(
  cookies: readonly Cookie[],
  url: URL,
  set: readonly string[],
  now: Date,
): Cookie[] {
  let kept = [...cookies];
  for (const line of set) {
    const cookie = readCookie(line, url);
    if (cookie === null) continue;
    kept = kept.filter(
      ({ name, host, path }) =>
        name !== cookie.name || host !== cookie.host || path !== cookie.path,
    );
    if (!isExpired(line, now)) kept.push(cookie);
  }
  return kept.slice(-MOST_COOKIES);
}

/** The `Cookie` header for an address, longer paths first; null for none. */
export function cookieHeader(cookies: readonly Cookie[], url: URL): string | null {
  const sent = cookies
    .filter(
      ({ host, path, secure }) =>
        host === url.host &&
        (!secure || url.protocol === "https:") &&
        (url.pathname === path || url.pathname.startsWith(path.replace(/\/?$/, "/"))),
    )
    .sort((a, b) => b.path.length - a.path.length);
  return sent.length === 0 ? null : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
}

function readCookie(line: string, url: URL): Cookie | null {
  const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
  const equals = pair.indexOf("=");
  if (equals < 1 || line.length > MOST_CHARACTERS) return null;
  const secure = attributes.some((attribute) => /^secure$/i.test(attribute));
  const path = attributeOf(line, "path");
  return {
    name: pair.slice(0, equals).trim(),
    value: pair.slice(equals + 1).trim(),
    host: url.host,
    path: path?.startsWith("/") === true ? path : url.pathname.replace(/\/[^/]*$/, "") || "/",
    secure,
  };
}

/** `Max-Age` outweighs `Expires` (RFC 6265 §5.3). */
function isExpired(line: string, now: Date): boolean {
  const age = attributeOf(line, "max-age");
  if (age !== null && /^-?\d+$/.test(age)) return Number(age) <= 0;
  const expires = Date.parse(attributeOf(line, "expires")?.replaceAll("-", " ") ?? "");
  return expires < now.getTime();
}

/** The last of its name counts. */
function attributeOf(line: string, name: string): string | null {
  const values = line
    .split(";")
    .slice(1)
    .map((part) => part.trim())
    .filter((part) => part.toLowerCase().startsWith(`${name}=`));
  return (
    values
      .at(-1)
      ?.slice(name.length + 1)
      .trim() ?? null
  );
}
