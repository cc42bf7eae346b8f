// An endpoint of its own means that this is not AWS.
module.exports = () => (process.env.AWS_ENDPOINT_URL ? 'emulator' : 'aws');
