// oidc-provider as an operator might set it up: `node server.mjs PORT`, beside cert.pem and key.pem.
// COMPANION_OIDC_PROVIDER names the folder its packages were fetched into.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const packages = process.env.COMPANION_OIDC_PROVIDER;
const { default: Provider } = await import(`${packages}/node_modules/oidc-provider/lib/index.js`);
const port = Number(process.argv[2]);

const app = {
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['be.companion.test:/signed-in'],
  post_logout_redirect_uris: ['be.companion.test:/signed-out'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
  id_token_signed_response_alg: 'ES256',
};
const signingKey = (type, options, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), alg, kid: alg, use: 'sig',
});

const provider = new Provider(`https://localhost:${port}`, {
  clients: [
    { ...app, client_id: 'app' },
    { ...app, client_id: 'app-rs256', id_token_signed_response_alg: 'RS256' },
    { ...app, client_id: 'app-par', require_pushed_authorization_requests: true },
    { ...app, client_id: 'app-dpop', dpop_bound_access_tokens: true, require_pushed_authorization_requests: true },
  ],
  jwks: {
    keys: [signingKey('ec', { namedCurve: 'P-256' }, 'ES256'), signingKey('rsa', { modulusLength: 2048 }, 'RS256')],
  },
  claims: { openid: ['sub'], phone: ['phone_number'] },
  conformIdTokenClaims: true,
  cookies: { keys: [randomBytes(16).toString('hex')] },
  features: {
    devInteractions: { enabled: true },
    revocation: { enabled: true },
    // The app may push its request, and must where its registration says so.
    pushedAuthorizationRequests: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
  },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, phone_number: '+32470123456' }) }),
  pkce: { required: () => true },
  // True, not the default: that would spare tokens bound to a key.
  rotateRefreshToken: true,
  ttl: { AccessToken: 300, AuthorizationCode: 30, Grant: 86400, IdToken: 300, Interaction: 600, RefreshToken: 86400, Session: 86400 },
});

// The server tells apps the same for every refused grant; its log says which.
provider.on('grant.error', (_, error) => console.log('grant refused:', error.error, error.error_detail));
provider.on('server_error', (_, error) => console.error(error));

const tls = { key: readFileSync('key.pem'), cert: readFileSync('cert.pem') };
createServer(tls, provider.callback()).listen(port, '127.0.0.1');
