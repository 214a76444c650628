// DynamoDB's expressions as values, so far as the store says them: conditions, filters and key conditions. What is not known is refused.

export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** Names and values as they stand in the expression: `#name`, `:value`; a path is attribute, then its parts. */
export type Operand =
  | { readonly kind: "path"; readonly path: readonly string[] }
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "size"; readonly path: readonly string[] };

export type Test =
  | { readonly kind: "and" | "or"; readonly tests: readonly Test[] }
  | { readonly kind: "not"; readonly test: Test }
  | {
      readonly kind: "compare";
      readonly by: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly kind: "between";
      readonly of: Operand;
      readonly low: Operand;
      readonly high: Operand;
    }
  | { readonly kind: "exists"; readonly path: readonly string[]; readonly expected: boolean }
  | { readonly kind: "begins"; readonly path: readonly string[]; readonly prefix: Operand };

/** An expression that this reading of the language does not know: the store must not guess what it means. */
export class UnknownExpression extends Error {
  override readonly name = "UnknownExpression";
}

const TOKEN = /\s*(<=|>=|<>|[=<>(),.]|[#:]?[A-Za-z_]\w*)/y;

export interface Tokens {
  peek(): string | undefined;
  /** @throws UnknownExpression at the end */
  next(): string;
  expect(token: string): void;
  /** @throws UnknownExpression always */
  fail(): never;
}

/** Keywords and functions count in any case, as in DynamoDB. */
export const isWord = (token: string | undefined, word: string): boolean =>
  token?.toUpperCase() === word;

/** @throws UnknownExpression where it holds a sign that no expression of ours has */
export function tokensIn(expression: string): Tokens {
  const tokens: string[] = [];
  const fail = (): never => {
    throw new UnknownExpression(`expression: ${JSON.stringify(expression)} is not understood`);
  };
  const text = expression.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, token] = TOKEN.exec(text) ?? fail();
    tokens.push(token as string);
  }
  let at = 0;
  const next = () => tokens[at++] ?? fail();
  return {
    peek: () => tokens[at],
    next,
    expect: (token) => (next() === token ? undefined : fail()),
    fail,
  };
}

/** @returns a path, its names as they stand in the expression */
export function readPath(tokens: Tokens): string[] {
  const path: string[] = [];
  do {
    if (path.length > 0) tokens.next();
    const part = tokens.next();
    path.push(/^#?[A-Za-z_]/.test(part) ? part : tokens.fail());
  } while (tokens.peek() === ".");
  return path;
}

export function readOperand(tokens: Tokens): Operand {
  const token = tokens.peek();
  if (token?.startsWith(":")) return { kind: "value", name: tokens.next() };
  const path = readPath(tokens);
  if (tokens.peek() !== "(") return { kind: "path", path };
  if (path.length !== 1 || path[0] !== "size") tokens.fail();
  tokens.next();
  const of = readPath(tokens);
  tokens.expect(")");
  return { kind: "size", path: of };
}

const COMPARATORS: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);

function readFunction(name: string, tokens: Tokens): Test {
  tokens.expect("(");
  const path = readPath(tokens);
  if (name === "begins_with") {
    tokens.expect(",");
    const prefix = readOperand(tokens);
    tokens.expect(")");
    return { kind: "begins", path, prefix };
  }
  tokens.expect(")");
  return { kind: "exists", path, expected: name === "attribute_exists" };
}

function readTest(tokens: Tokens): Test {
  const token = tokens.peek();
  if (token === "(") {
    tokens.next();
    const test = readOr(tokens);
    tokens.expect(")");
    return test;
  }
  if (isWord(token, "NOT")) {
    tokens.next();
    return { kind: "not", test: readTest(tokens) };
  }
  if (token === "attribute_exists" || token === "attribute_not_exists" || token === "begins_with")
    return readFunction(tokens.next(), tokens);
  const left = readOperand(tokens);
  const by = tokens.next();
  if (isWord(by, "BETWEEN")) {
    const low = readOperand(tokens);
    if (!isWord(tokens.next(), "AND")) tokens.fail();
    return { kind: "between", of: left, low, high: readOperand(tokens) };
  }
  if (!COMPARATORS.has(by)) tokens.fail();
  return { kind: "compare", by: by as Comparator, left, right: readOperand(tokens) };
}

function readChain(tokens: Tokens, kind: "and" | "or", inner: (tokens: Tokens) => Test): Test {
  const tests = [inner(tokens)];
  while (isWord(tokens.peek(), kind.toUpperCase())) {
    tokens.next();
    tests.push(inner(tokens));
  }
  return tests.length === 1 ? (tests[0] as Test) : { kind, tests };
}

const readAnd = (tokens: Tokens): Test => readChain(tokens, "and", readTest);
const readOr = (tokens: Tokens): Test => readChain(tokens, "or", readAnd);

/** The store's expressions are few and written in its source: each is read once. */
const known = new Map<string, Test>();

/** @throws UnknownExpression */
export function parseTest(expression: string): Test {
  const before = known.get(expression);
  if (before !== undefined) return before;
  const tokens = tokensIn(expression);
  const test = readOr(tokens);
  if (tokens.peek() !== undefined) tokens.fail();
  known.set(expression, test);
  return test;
}
