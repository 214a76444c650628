#!/usr/bin/env node
// The command's door: TypeScript is read as it stands, so nothing has to be built after `npm ci`.
import { register } from "tsx/esm/api";

// The AWS SDK's notice of what it will need next year is for who builds this, not for who runs it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
register();
await import("./main.ts");
