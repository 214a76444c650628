// What an expression says of one row, as DynamoDB would: a missing attribute equals nothing, and values of two types never compare.
import type { Condition, Row } from "./database.ts";
import {
  type Comparator,
  isWord,
  type Operand,
  parseTest,
  readOperand,
  readPath,
  type Test,
  type Tokens,
  tokensIn,
  UnknownExpression,
} from "./expression.ts";

type Scope = Pick<Condition, "names" | "values">;

/** @throws UnknownExpression where a name or a value was not given */
export function nameOf(part: string, { names }: Scope): string {
  if (!part.startsWith("#")) return part;
  const name = names?.[part];
  if (name === undefined) throw new UnknownExpression(`expression: ${part} is not given`);
  return name;
}

/** @throws UnknownExpression where it was not given */
export function givenOf(name: string, { values }: Scope): unknown {
  if (values === undefined || !(name in values))
    throw new UnknownExpression(`expression: ${name} is not given`);
  return values[name];
}

function atPath(row: Row | null, path: readonly string[], scope: Scope): unknown {
  let value: unknown = row ?? undefined;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Row)[nameOf(part, scope)];
  }
  return value;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array)
    return value.length;
  if (value instanceof Set) return value.size;
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}

function resolve(row: Row | null, operand: Operand, scope: Scope): unknown {
  if (operand.kind === "value") return givenOf(operand.name, scope);
  const value = atPath(row, operand.path, scope);
  return operand.kind === "size" ? sizeOf(value) : value;
}

/** @returns null where the two have no order: strings by their UTF-8 bytes, numbers by value, as DynamoDB sorts */
function orderOf(a: unknown, b: unknown): number | null {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== "string" || typeof b !== "string") return null;
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

function compare(by: Comparator, left: unknown, right: unknown): boolean {
  if (!isPlain(left) || !isPlain(right))
    throw new UnknownExpression("expression: only strings, numbers and booleans are compared");
  if (by === "=") return left === right && left !== undefined;
  if (by === "<>") return left !== right;
  const order = orderOf(left, right);
  if (order === null) return false;
  if (by === "<") return order < 0;
  if (by === "<=") return order <= 0;
  return by === ">" ? order > 0 : order >= 0;
}

function holdsTest(test: Test, row: Row | null, scope: Scope): boolean {
  switch (test.kind) {
    case "and":
      return test.tests.every((inner) => holdsTest(inner, row, scope));
    case "or":
      return test.tests.some((inner) => holdsTest(inner, row, scope));
    case "not":
      return !holdsTest(test.test, row, scope);
    case "exists":
      return (atPath(row, test.path, scope) !== undefined) === test.expected;
    case "begins": {
      const value = atPath(row, test.path, scope);
      const prefix = resolve(row, test.prefix, scope);
      return typeof value === "string" && typeof prefix === "string" && value.startsWith(prefix);
    }
    case "between": {
      const value = resolve(row, test.of, scope);
      return (
        compare(">=", value, resolve(row, test.low, scope)) &&
        compare("<=", value, resolve(row, test.high, scope))
      );
    }
    case "compare":
      return compare(test.by, resolve(row, test.left, scope), resolve(row, test.right, scope));
    default:
      return test satisfies never;
  }
}

/**
 * @param row null where there is none
 * @throws UnknownExpression
 */
export function holds(condition: Condition, row: Row | null): boolean {
  return holdsTest(parseTest(condition.expression), row, condition);
}

const CLAUSES = ["SET", "REMOVE", "ADD"] as const;

function readAttribute(tokens: Tokens, scope: Scope): string {
  const path = readPath(tokens);
  return path.length === 1 ? nameOf(path[0] as string, scope) : tokens.fail();
}

function added(held: unknown, more: unknown): unknown {
  if (typeof more === "number" && (held === undefined || typeof held === "number"))
    return (held ?? 0) + more;
  if (more instanceof Set && (held === undefined || held instanceof Set))
    return new Set([...(held ?? []), ...more]);
  throw new UnknownExpression("expression: ADD is known for numbers and sets alone");
}

/**
 * The row after `SET a = :x, … REMOVE b, … ADD c :y, …`. Every value is read from the row as it was.
 * @throws UnknownExpression
 */
export function changed(row: Row, change: string, scope: Scope): Row {
  const tokens = tokensIn(change);
  const next: Record<string, unknown> = { ...row };
  const step: Record<(typeof CLAUSES)[number], () => void> = {
    SET: () => {
      const name = readAttribute(tokens, scope);
      tokens.expect("=");
      next[name] = resolve(row, readOperand(tokens), scope);
    },
    REMOVE: () => {
      delete next[readAttribute(tokens, scope)];
    },
    ADD: () => {
      const name = readAttribute(tokens, scope);
      next[name] = added(row[name], resolve(row, readOperand(tokens), scope));
    },
  };
  while (tokens.peek() !== undefined) {
    const word = tokens.next();
    const clause = CLAUSES.find((name) => isWord(word, name)) ?? tokens.fail();
    step[clause]();
    while (tokens.peek() === ",") {
      tokens.next();
      step[clause]();
    }
  }
  return next;
}
