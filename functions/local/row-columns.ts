// A row of the table as columns: keys and times stand in columns of their own, so that SQLite can index them; the rest is JSON.
import type { KeyedRow, Row } from "../../shared/store/database.ts";

/** In the order of COLUMNS. */
export type Columns = readonly [
  pk: string,
  sk: string,
  duePk: string | null,
  dueAt: string | null,
  expiresAt: number | null,
  /** The other attributes, or null where there are none: most rows are list rows, all key. */
  body: string | null,
  /** Sets and bytes, which JSON has no form for. */
  special: string | null,
];

export const KEY_COLUMNS = ["pk", "sk", "duePk", "dueAt", "expiresAt"] as const;
export const COLUMNS = [...KEY_COLUMNS, "body", "special"] as const;

type Special = { readonly set: readonly unknown[] } | { readonly bytes: string };

const isPlain = (value: object): boolean =>
  Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));

function specialOf(name: string, value: unknown): Special | null {
  if (value instanceof Set) return { set: [...value] };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (typeof value === "object" && value !== null && !isPlain(value))
    throw new TypeError(`row: ${name} is of a kind that cannot be stored`);
  return null;
}

function textOf(name: string, value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value !== "string" || value === "") throw new TypeError(`row: ${name} is no text`);
  return value;
}

/** @throws TypeError where a key is no text, or an attribute cannot be stored */
export function toColumns(row: KeyedRow): Columns {
  const { pk, sk, duePk, dueAt, expiresAt, ...rest } = row;
  if (expiresAt !== undefined && !Number.isFinite(expiresAt))
    throw new TypeError("row: expiresAt is no number");
  const body: Record<string, unknown> = {};
  const special: Record<string, Special> = {};
  for (const [name, value] of Object.entries(rest)) {
    const found = specialOf(name, value);
    if (found !== null) special[name] = found;
    else if (value !== undefined) body[name] = value;
  }
  const json = (part: object) => (Object.keys(part).length === 0 ? null : JSON.stringify(part));
  return [
    textOf("pk", pk) ?? "",
    textOf("sk", sk) ?? "",
    textOf("duePk", duePk),
    textOf("dueAt", dueAt),
    (expiresAt as number | undefined) ?? null,
    json(body),
    json(special),
  ];
}

function readSpecial(text: string): Row {
  const special = JSON.parse(text) as Record<string, Special>;
  return Object.fromEntries(
    Object.entries(special).map(([name, value]) => [
      name,
      "set" in value ? new Set(value.set) : Buffer.from(value.bytes, "base64"),
    ]),
  );
}

/** @param columns of COLUMNS, or of KEY_COLUMNS alone */
export function fromColumns(columns: readonly unknown[]): Row {
  const [pk, sk, duePk, dueAt, expiresAt, body, special] = columns as Partial<Columns>;
  return {
    pk,
    sk,
    ...(duePk === null ? {} : { duePk }),
    ...(dueAt === null ? {} : { dueAt }),
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(body == null ? {} : (JSON.parse(body) as Row)),
    ...(special == null ? {} : readSpecial(special)),
  };
}
