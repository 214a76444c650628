// The server of an older version, in a thread of its own: it throws where nobody can catch when its files are damaged or in use.
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";

dynalite({ path: workerData.folder }).listen(workerData.socketPath, () =>
  parentPort.postMessage("listening"),
);
