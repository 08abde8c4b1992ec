// A real OAuth server (oidc-provider) on loopback, for tests/tests/oidc.rs. Access tokens live five seconds; refresh tokens
// rotate, and one that is used twice revokes the whole grant.
//
// Prints one line of JSON when it listens: where it is, and a refresh token as an earlier authorisation would have given.
// `GET /api` wants a valid access token. `GET /counts` says what happened so far.
import {createServer} from 'node:http';
import {once} from 'node:events';
import {generateKeyPairSync} from 'node:crypto';
import {Provider} from 'oidc-provider';

const CLIENT = {id: 'gusset', secret: 'a-secret-of-the-test'};
const SCOPE = 'openid offline_access';
const LIFE = Number(process.env.TOKEN_LIFE ?? 5);
const counts = {tokens: 0, refused: 0, revoked: 0, calls: 0, unauthorised: 0};

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;

const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
const provider = new Provider(url, {
  clients: [{
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: ['http://127.0.0.1:1/callback'],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  scopes: SCOPE.split(' '),
  jwks: {keys: [{...privateKey.export({format: 'jwk'}), kid: 'one', use: 'sig'}]},
  cookies: {keys: ['a-key-of-the-test']},
  rotateRefreshToken: true,
  ttl: {AccessToken: LIFE, RefreshToken: 86400, Grant: 86400, IdToken: 60, Interaction: 600, Session: 86400},
  findAccount: (_, id) => ({accountId: id, claims: () => ({sub: id})}),
  features: {devInteractions: {enabled: false}},
});
provider.on('grant.success', () => { counts.tokens += 1; });
provider.on('grant.error', () => { counts.refused += 1; });
provider.on('grant.revoked', () => { counts.revoked += 1; });
const oauth = provider.callback();

server.on('request', async (request, response) => {
  const answer = (status, body) => {
    response.writeHead(status, {'content-type': 'application/json'});
    response.end(JSON.stringify(body));
  };
  if (request.url === '/counts') return answer(200, counts);
  if (request.url !== '/api') return oauth(request, response);
  const given = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  const token = await provider.AccessToken.find(given);
  if (!token?.isValid) {
    counts.unauthorised += 1;
    return answer(401, {message: 'no valid token'});
  }
  counts.calls += 1;
  answer(200, {});
});

// What a user's consent would have led to.
const client = await provider.Client.find(CLIENT.id);
const grant = new provider.Grant({accountId: 'somebody', clientId: CLIENT.id});
grant.addOIDCScope(SCOPE);
const refresh = new provider.RefreshToken({
  accountId: 'somebody', client, grantId: await grant.save(), gty: 'authorization_code', scope: SCOPE,
  authTime: Math.floor(Date.now() / 1000), claims: {}, rotations: 0, iiat: Math.floor(Date.now() / 1000),
});
console.log(JSON.stringify({url, client: CLIENT, refresh: await refresh.save()}));
// Whoever started it has gone: so does it.
process.stdin.on('end', () => process.exit(0)).resume();
