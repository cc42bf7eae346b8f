import { Connection } from "../../main/resources/web/prosa-client/connection.js";
import { equal } from "./expect.js";

/** A connection whose socket is played by the test. */
function play({ tickets }) {
  const sockets = [];
  class Socket {
    sent = [];
    constructor(url, protocols) {
      Object.assign(this, { url, protocols });
      sockets.push(this);
    }
    send(frame) {
      this.sent.push(JSON.parse(frame));
    }
    close() {}
    says(event) {
      this.onmessage({ data: JSON.stringify(event) });
    }
  }
  const connection = new Connection({
    WebSocket: Socket,
    clock: { now: () => 0, setTimeout: () => 1, clearTimeout: () => {} },
    random: () => 0,
    ticket: async () => {
      const ticket = tickets.shift();
      if (!ticket) throw new Error("no ticket");
      return { url: "ws://here/", ticket };
    },
    onState: () => {},
    onEvent: (event) => {
      throw new Error(`not for the page: ${event.type}`);
    },
  });
  return { connection, sockets };
}

const READY = { type: "connection.ready", connectionId: "k", heartbeatSeconds: 20 };
const EXPIRING = { type: "auth.expiring", expiresAt: "2026-01-01T00:00:00Z" };
const settled = async () => {
  for (let i = 0; i < 10; i++) await null;
};

export const tests = {
  "proves again who it is before the token ends": async () => {
    const { connection, sockets } = play({ tickets: ["first", "second"] });
    await connection.open();
    sockets[0].says(READY);

    sockets[0].says(EXPIRING);
    await settled();
    sockets[0].says({ type: "auth.refreshed" });

    equal(sockets[0].sent, [{ type: "auth.refresh", ticket: "second" }]);
    equal(connection.state, "connected");
    equal(sockets.length, 1);
  },

  "stays until the server closes when there is no newer token": async () => {
    const { connection, sockets } = play({ tickets: ["first"] });
    await connection.open();
    sockets[0].says(READY);

    sockets[0].says(EXPIRING);
    await settled();

    equal(sockets[0].sent, []);
    equal(connection.state, "connected");
  },

  "gives way to other tabs until it is looked at again": async () => {
    const { connection, sockets } = play({ tickets: ["first", "second"] });
    await connection.open();
    sockets[0].says(READY);

    sockets[0].onclose({ code: 4529 });
    await settled();
    equal(connection.state, "offline");
    equal(sockets.length, 1);

    connection.wake();
    await settled();
    equal(sockets.length, 2);
  },

  "stays away after a logout": async () => {
    const { connection, sockets } = play({ tickets: ["first", "second"] });
    await connection.open();
    sockets[0].says(READY);

    sockets[0].onclose({ code: 4501 });
    connection.wake();
    await settled();

    equal(connection.state, "offline");
    equal(sockets.length, 1);
  },

  "says nothing on a socket that was opened meanwhile": async () => {
    const { connection, sockets } = play({ tickets: ["first", "late", "second"] });
    await connection.open();
    sockets[0].says(READY);

    sockets[0].says(EXPIRING);
    connection.close();
    await settled();

    equal(sockets[0].sent, []);
  },
};
