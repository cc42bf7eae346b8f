// What functions and containers are told: what the stack knows of itself, and whatever else the parameter `settings` says for
// a stage, by the names in docs/operations.md. What neither says has its default. The program refuses names that it does not know.
const target = require('./target.js')();

// what only the containers are told: tasks.js
const ofTasks = ['PROSA_HOST', 'PROSA_LOG_FORMAT', 'PROSA_PROXIES', 'PROSA_STATUS_PORT', 'PROSA_WS_PORT'];

const refuse = (key, why) => {
  throw new Error(`settings: ${key} ${why}`);
};

const merged = (own, given) => {
  const settings = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== ''));
  for (const [key, value] of Object.entries(given)) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(key) || key.startsWith('AWS_')) refuse(key, 'is no setting: docs/operations.md');
    if (key.endsWith('_API_KEY')) refuse(key, 'would be written down; it belongs into /prosa/<stage>/<provider>-api-key');
    if (key in own || ofTasks.includes(key)) refuse(key, 'is set by the stack itself; see params in serverless.yml');
    if (!['string', 'number', 'boolean'].includes(typeof value)) refuse(key, 'is a text, a number, true or false');
    settings[key] = String(value);
  }
  return settings;
};

module.exports = async ({ resolveVariable }) => {
  const given = await resolveVariable('param:settings');
  return merged(
    await resolveVariable(`file(deploy/serverless/settings-${target}.yml)`),
    typeof given === 'string' ? JSON.parse(given) : given, // on the command line it is JSON
  );
};
module.exports.merged = merged;
