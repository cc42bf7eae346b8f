import { ProsaClient } from "/prosa-client.js";

const client = new ProsaClient();
const replies = new Map(); // jobId -> the element that shows it
let conversationId;

client.on("connection", ({ state }) => {
  document.getElementById("state").textContent = state;
});

client.on("reply", ({ jobId, view }) => {
  const reply = replies.get(jobId) ?? document.createElement("p");
  replies.set(jobId, reply);
  reply.textContent = view.error?.message ?? view.text;
  reply.dataset.state = view.state;
  document.getElementById("replies").append(reply);
});

document.getElementById("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const content = document.getElementById("question").value;
  const idempotencyKey = crypto.randomUUID();
  try {
    ({ conversationId } = await client.send({ content, conversationId, idempotencyKey }));
  } catch (error) {
    document.getElementById("state").textContent = `Not sent. ${error.message}`;
  }
});

client.start();
