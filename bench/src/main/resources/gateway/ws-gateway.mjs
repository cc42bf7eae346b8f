/** `ws` as its examples use it, beside Prosa's gateway: what Redis says goes to the user's sockets. */

import { createServer } from "node:http";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { WebSocketServer } from "ws";

const [id, redisUrl] = process.argv.slice(2);
const sockets = new Map(); // user -> Set of sockets

const server = createServer();
new WebSocketServer({ server }).on("connection", (socket, request) => {
  const user = request.headers.authorization.replace("Bearer dev-", "");
  if (!sockets.has(user)) sockets.set(user, new Set());
  sockets.get(user).add(socket);
  socket.on("close", () => sockets.get(user).delete(socket));
  socket.on("error", () => {}); // its close follows
});

/** The user, when it was sent, and the frame, each on a line of its own. */
function deliver(message) {
  const user = message.slice(0, message.indexOf("\n"));
  const frame = message.slice(message.indexOf("\n", user.length + 1) + 1);
  for (const socket of sockets.get(user) ?? []) socket.send(frame);
}

/** The end of the line that begins at `from`, or -1 while it is not all there. */
const lineEnd = (bytes, from) => bytes.indexOf("\r\n", from);

/**
 * Reads one value (Redis serialization protocol, version 2).
 *
 * @returns {[value: unknown, next: number] | null} null while it is not all there
 */
function parse(bytes, from) {
  const end = lineEnd(bytes, from);
  if (end < 0) return null;
  const line = bytes.toString("latin1", from + 1, end);
  switch (String.fromCharCode(bytes[from])) {
    case "$": {
      const next = end + 2 + Number(line) + 2;
      return next > bytes.length ? null : [bytes.toString("utf8", end + 2, next - 2), next];
    }
    case "*": {
      const values = [];
      let next = end + 2;
      for (let i = 0; i < Number(line); i++) {
        const part = parse(bytes, next);
        if (part === null) return null;
        values.push(part[0]);
        next = part[1];
      }
      return [values, next];
    }
    case "-":
      throw new Error(line);
    default:
      return [line, end + 2];
  }
}

function subscribe(listening) {
  const { hostname, port, password } = new URL(redisUrl);
  const redis = connect(Number(port), hostname);
  let rest = Buffer.alloc(0);
  redis.on("data", (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let next = 0;
    for (let part = parse(bytes, next); part !== null; part = next < bytes.length ? parse(bytes, next) : null) {
      next = part[1];
      if (part[0][0] === "message") deliver(part[0][2]);
      if (part[0][0] === "subscribe") listening();
    }
    rest = bytes.subarray(next);
  });
  redis.on("error", (error) => console.log(`Redis: ${error.message}`));
  redis.on("close", () => console.log("Redis has closed the subscription"));
  redis.write(`AUTH ${password}\r\nSUBSCRIBE gateway:${id}\r\n`);
}

createInterface({ input: process.stdin })
  .on("line", () => {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    console.log(`heap ${heapUsed + external}`);
  })
  .on("close", () => process.exit(0));

server.listen(0, "127.0.0.1", () => {
  subscribe(() => console.log(`${id} listens on 127.0.0.1 port ${server.address().port}`));
});
