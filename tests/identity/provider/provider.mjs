/*
 * tests/identity/provider/provider.mjs - a real provider (npm oidc-provider) on loopback.
 *
 * Started by tests/run_oidc_slow.py and run_provider_slow.py: node provider.mjs PORT REDIRECT LOGOUT.
 * It makes new keys each time, prints "ready" and serves until it is ended. POST /fault/NAME makes
 * the next answers of the token address wrong in one way (see faults), signed with the right key;
 * /fault/none ends that. The login is the account: okafor@... or, without a domain, one of ours.
 */
import { generateKeyPair, exportJWK, importJWK, SignJWT, decodeJwt, decodeProtectedHeader } from 'jose'
import { createHmac } from 'node:crypto'
import Provider from 'oidc-provider'

const [port, redirect, logout] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']

const keys = []
for (const [algorithm, options] of [['RS256', { modulusLength: 2048 }], ['ES256', {}],
  ['EdDSA', { crv: 'Ed25519' }]]) {
  const pair = await generateKeyPair(algorithm, { ...options, extractable: true })
  const kid = `${algorithm}-${Date.now()}-${process.pid}`
  keys.push({ ...await exportJWK(pair.privateKey), kid, use: 'sig' })
}

/* One client for each algorithm; the last takes its secret in the form. */
const clients = algorithms.map((algorithm, i) => ({
  client_id: `handrail-${algorithm}`,
  client_secret: 'a secret: of 30 & some signs %+',
  redirect_uris: [redirect],
  post_logout_redirect_uris: [`${redirect}/out`],
  backchannel_logout_uri: logout,
  backchannel_logout_session_required: true,
  response_types: ['code'],
  grant_types: ['authorization_code'],
  id_token_signed_response_alg: algorithm,
  token_endpoint_auth_method: i === 3 ? 'client_secret_post' : 'client_secret_basic'
}))

const provider = new Provider(issuer, {
  clients,
  jwks: { keys },
  cookies: { keys: ['one key for cookies'] },
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
  enabledJWA: { idTokenSigningAlgValues: algorithms },
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
  pkce: { required: () => true },
  async findAccount (ctx, id) {
    return {
      accountId: id,
      claims: async () => ({
        sub: id,
        name: 'Adaeze Okafor',
        preferred_username: id,
        email: id.includes('@') ? id : `${id}@ashdownvale.example`,
        email_verified: !id.startsWith('unverified')
      })
    }
  }
})

const now = () => Math.floor(Date.now() / 1000)
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function signed (claims, head) {
  const key = keys.find((one) => one.kid === head.kid)
  return new SignJWT(claims).setProtectedHeader(head).sign(await importJWK(key, head.alg))
}

/* Each makes another ID token of a good one. */
const faults = {
  audience: (claims, head) => signed({ ...claims, aud: 'somebody-else' }, head),
  party: (claims, head) => signed({ ...claims, aud: [claims.aud, 'x'], azp: 'x' }, head),
  issuer: (claims, head) => signed({ ...claims, iss: 'https://other.example' }, head),
  nonce: (claims, head) => signed({ ...claims, nonce: 'another' }, head),
  expired: (claims, head) => signed({ ...claims, exp: now() - 600, iat: now() - 900 }, head),
  future: (claims, head) => signed({ ...claims, iat: now() + 600 }, head),
  hash: (claims, head) => signed({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }, head),
  old: (claims, head) => signed({ ...claims, auth_time: now() - 3600 }, head),
  silent: ({ auth_time, ...claims }, head) => signed(claims, head),
  mfa: (claims, head) => signed({ ...claims, amr: ['pwd', 'mfa'] }, head),
  unsigned: (claims, head) => `${base64url({ ...head, alg: 'none' })}.${base64url(claims)}.`,
  swapped: async (claims, head) => {
    const other = keys.find((one) => one.kid !== head.kid && one.kty !== 'RSA')
    const algorithm = other.kty === 'EC' ? 'ES256' : 'EdDSA'
    const token = await signed(claims, { alg: algorithm, kid: other.kid })
    return [base64url(head), ...token.split('.').slice(1)].join('.')
  },
  hmac: (claims, head) => {
    const { n } = keys.find((one) => one.kty === 'RSA')
    const text = `${base64url({ ...head, alg: 'HS256' })}.${base64url(claims)}`
    return `${text}.${createHmac('sha256', Buffer.from(n, 'base64url')).update(text).digest('base64url')}`
  }
}
let fault = 'none'

provider.use(async (ctx, next) => {
  if (ctx.method === 'POST' && ctx.path.startsWith('/fault/')) {
    fault = ctx.path.slice('/fault/'.length)
    ctx.status = fault === 'none' || fault in faults ? 204 : 404
    return
  }
  await next()
  if (ctx.path === '/token' && fault in faults && ctx.body?.id_token) {
    const token = ctx.body.id_token
    const made = await faults[fault](decodeJwt(token), decodeProtectedHeader(token))
    ctx.body = { ...ctx.body, id_token: made }
  }
})

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'))
