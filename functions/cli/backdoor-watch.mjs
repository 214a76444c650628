#!/usr/bin/env node
// The command's door: TypeScript is read as it stands, so nothing has to be built after `npm ci`.
import { register } from "tsx/esm/api";

register();
await import("./main.ts");
