// One function a route, each with a role of its own; routes.json says which route is whose and what it may do: RightsTest
// calls all routes and compares, in both directions. `OPTIONS *` is that of every path: what browsers ask for other pages.
// A transaction needs the rights of its parts. Functions may take 10 s; those that wait for a reply or go through a whole
// conversation 29 s, for which API Gateway waits.
const routes = require('./routes.json');

const isAws = !process.env.AWS_ENDPOINT_URL;
const getAtt = (resource, attribute) => ({ 'Fn::GetAtt': [resource, attribute] });
const sub = (text) => ({ 'Fn::Sub': text });
const allow = (service, operations, resource) => ({
  Effect: 'Allow',
  Action: operations.map((operation) => `${service}:${operation}`),
  Resource: resource,
});
const capital = (name) => name[0].toUpperCase() + name.slice(1);

// Network interfaces cannot be named before they are made, so AWS has a policy for who needs some.
const interfaces = 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaENIManagementAccess';

const statements = (name, route) =>
  [
    allow('logs', ['CreateLogStream', 'PutLogEvents'], getAtt(`${capital(name)}LogGroup`, 'Arn')),
    route.table && allow('dynamodb', route.table, getAtt('TurnsTable', 'Arn')),
    route.byOwner && allow('dynamodb', route.byOwner, sub('${TurnsTable.Arn}/index/byOwner')),
    route.open && allow('dynamodb', route.open, sub('${TurnsTable.Arn}/index/open')),
    route.queue && allow('sqs', route.queue, getAtt('JobsQueue', 'Arn')),
    route.deadLetters && allow('sqs', route.deadLetters, getAtt('DeadLetterQueue', 'Arn')),
  ].filter(Boolean);

const role = (name, route) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    ManagedPolicyArns: isAws && route.redis ? [sub(interfaces)] : [],
    Policies: [{ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: statements(name, route) } }],
  },
});

const vpc = {
  securityGroupIds: [getAtt('FunctionsGroup', 'GroupId')],
  subnetIds: [{ Ref: 'PrivateA' }, { Ref: 'PrivateB' }],
};

const calls = ({ on, also }) => [on, also].filter(Boolean).map((call) => call.split(' '));
const paths = [...new Set(Object.values(routes).flatMap(calls).map(([, path]) => path))].filter((path) => path !== '*');

const definition = (name, route) => {
  const served = calls(route).flatMap(([method, path]) => (path === '*' ? paths : [path]).map((one) => [method, one]));
  return {
    handler: `dev.prosa.ingest.${capital(name)}Handler`,
    description: route.on,
    role: getAtt(`${capital(name)}Role`, 'Arn'),
    snapStart: isAws,
    ...(route.timeout && { timeout: route.timeout }),
    ...(isAws && route.redis && { vpc, dependsOn: ['PrivateWayOut', 'PrivateARoutes', 'PrivateBRoutes'] }),
    events: served.map(([method, path]) => ({ http: { method, path } })),
  };
};

const each = (make) => Object.fromEntries(Object.entries(routes).map(([name, route]) => make(name, route)));

module.exports = {
  functions: each((name, route) => [name, definition(name, route)]),
  roles: { Resources: each((name, route) => [`${capital(name)}Role`, role(name, route)]) },
};
