// What the containers are told: the same as the functions, and what is theirs alone.
const pairs = (settings) => Object.entries(settings).map(([Name, Value]) => ({ Name, Value }));

module.exports = async ({ resolveVariable }) => {
  const shared = await resolveVariable('file(deploy/serverless/settings.js)');
  const stage = await resolveVariable('sls:stage');
  const providers = (await resolveVariable('param:providers')).split(',').filter((name) => name !== 'offline');
  const common = {
    ...shared,
    AWS_REGION: { Ref: 'AWS::Region' },
    PROSA_HOST: '0.0.0.0',
    PROSA_STATUS_PORT: '9090',
    PROSA_LOG_FORMAT: 'json',
  };
  const names = providers.map((name) => `/prosa/${stage}/${name}-api-key`);
  const keys = providers.map((name, i) => [`${name.toUpperCase().replaceAll('-', '_')}_API_KEY`, `ssm:${names[i]}`]);
  return {
    // the worker reads the keys itself, and again every 5 minutes
    worker: pairs({ ...common, ...Object.fromEntries(keys) }),
    keys: names.map((name) => ({
      'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter' + name,
    })),
    gateway: pairs({
      ...common,
      PROSA_WS_PORT: '8081',
      PROSA_PROXIES: '2', // CloudFront and the balancer both append to X-Forwarded-For
    }),
  };
};
