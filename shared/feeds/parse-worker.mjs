// Feeds: the worker's door when the source is run as it stands; a bundle puts the built worker in this file's place.
import { register } from "tsx/esm/api";

register();
await import("./parse-worker.ts");
