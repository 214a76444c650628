// Expressions over columns as SQL: key conditions whole, and of a scan's filter what narrows it.
import type { RowQuery } from "../../shared/store/database.ts";
import { givenOf, nameOf } from "../../shared/store/evaluate.ts";
import {
  type Operand,
  parseTest,
  type Test,
  UnknownExpression,
} from "../../shared/store/expression.ts";
import { KEY_COLUMNS } from "./row-columns.ts";

export interface Where {
  /** Each is one condition on one column. */
  readonly tests: readonly string[];
  readonly columns: ReadonlySet<string>;
  readonly values: readonly (string | number)[];
}

interface Scope {
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

const OPERATORS: ReadonlySet<string> = new Set(["=", "<", "<=", ">", ">="]);
/** Sorts after every character that a key has. */
const LAST_CHARACTER = "\u{10FFFF}";

function columnOf(operand: Operand, scope: Scope): string | null {
  if (operand.kind !== "path" || operand.path.length !== 1) return null;
  const name = nameOf(operand.path[0] as string, scope);
  return (KEY_COLUMNS as readonly string[]).includes(name) ? name : null;
}

function literalOf(operand: Operand, scope: Scope): string | number | null {
  if (operand.kind !== "value") return null;
  const value = givenOf(operand.name, scope);
  return typeof value === "string" || typeof value === "number" ? value : null;
}

type Piece = { column: string; sql: string; values: (string | number)[] };

function pieceOf(test: Test, scope: Scope): Piece | null {
  if (test.kind === "compare" && OPERATORS.has(test.by)) {
    const column = columnOf(test.left, scope);
    const value = literalOf(test.right, scope);
    if (column === null || value === null) return null;
    return { column, sql: `${column} ${test.by} ?`, values: [value] };
  }
  if (test.kind === "between") {
    const column = columnOf(test.of, scope);
    const [low, high] = [literalOf(test.low, scope), literalOf(test.high, scope)];
    if (column === null || low === null || high === null) return null;
    return { column, sql: `${column} BETWEEN ? AND ?`, values: [low, high] };
  }
  if (test.kind === "begins") {
    const column = columnOf({ kind: "path", path: test.path }, scope);
    const prefix = literalOf(test.prefix, scope);
    if (column === null || typeof prefix !== "string") return null;
    return {
      column,
      sql: `${column} >= ? AND ${column} < ?`,
      values: [prefix, prefix + LAST_CHARACTER],
    };
  }
  return null;
}

const conjunctsOf = (test: Test): readonly Test[] => (test.kind === "and" ? test.tests : [test]);

function whereOf(pieces: readonly Piece[]): Where {
  return {
    tests: pieces.map(({ sql }) => sql),
    columns: new Set(pieces.map(({ column }) => column)),
    values: pieces.flatMap(({ values }) => values),
  };
}

/** @throws UnknownExpression where part of it is no condition on a column of the table's keys */
export function keyCondition(input: RowQuery): Where {
  const scope: Scope = {
    values: input.ExpressionAttributeValues,
    ...(input.ExpressionAttributeNames ? { names: input.ExpressionAttributeNames } : {}),
  };
  const pieces = conjunctsOf(parseTest(input.KeyConditionExpression)).map((test) => {
    const piece = pieceOf(test, scope);
    if (piece === null)
      throw new UnknownExpression(`key condition: ${input.KeyConditionExpression}`);
    return piece;
  });
  return whereOf(pieces);
}

/** What SQLite can leave out of a scan by itself; the rest of the filter is asked of each row. */
export function narrowing(filter: Scope & { readonly expression: string }): Where {
  const pieces = conjunctsOf(parseTest(filter.expression)).map((test) => pieceOf(test, filter));
  return whereOf(pieces.filter((piece) => piece !== null));
}
