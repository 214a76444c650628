// What every command is given of the terminal, so that a test can stand in for it.
import type { Readable } from "node:stream";

export interface Output {
  write(text: string): unknown;
}

export interface Io {
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
}
