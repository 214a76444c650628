// An SMTP server in a process of its own that takes everything and keeps nothing: for measuring our side alone.
import { createServer } from "node:net";

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.write("220 sink ESMTP\r\n");
  let inData = false;
  let held = "";
  socket.on("data", (chunk) => {
    held += chunk.toString("latin1");
    for (;;) {
      if (inData) {
        const end = held.indexOf("\r\n.\r\n");
        if (end < 0) {
          held = held.slice(-4);
          return;
        }
        held = held.slice(end + 5);
        inData = false;
        socket.write("250 taken\r\n");
        continue;
      }
      const end = held.indexOf("\r\n");
      if (end < 0) return;
      const verb = held.slice(0, 4).toUpperCase();
      held = held.slice(end + 2);
      if (verb === "DATA") {
        inData = true;
        socket.write("354 go on\r\n");
      } else if (verb === "QUIT") socket.end("221 bye\r\n");
      else socket.write("250 yes\r\n");
    }
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
