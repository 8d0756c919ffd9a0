// stdin: { key (base64), token, now (s), claims }  ->  stdout: { verified, tokens: { name: jwt } }
import { SignJWT, UnsecuredJWT, generateKeyPair, jwtVerify } from 'jose'

const given = JSON.parse(await new Response(process.stdin).text())
const key = new Uint8Array(Buffer.from(given.key, 'base64'))
const header = { alg: 'HS256', typ: 'JWT' }
const { payload, protectedHeader } = await jwtVerify(given.token, key, {
  algorithms: ['HS256'], typ: 'JWT', issuer: 'lastro', audience: 'lastro-api', currentDate: new Date(given.now * 1000),
})

const claims = { ...given.claims, iss: 'lastro', aud: 'lastro-api', iat: given.now, nbf: given.now, exp: given.now + 900 }
const sign = (change = {}, head = header, secret = key) => new SignJWT({ ...claims, ...change }).setProtectedHeader(head).sign(secret)
const without = (name) => {
  const { [name]: _, ...rest } = claims
  return new SignJWT(rest).setProtectedHeader(header).sign(key)
}
const rsa = await generateKeyPair('RS256')

const tokens = {
  good: await sign(),
  otherKey: await sign({}, header, new Uint8Array(32).fill(7)),
  none: new UnsecuredJWT(claims).encode(),
  hs384: await sign({}, { alg: 'HS384', typ: 'JWT' }, new Uint8Array(Buffer.concat([key, key]))),
  hs512: await sign({}, { alg: 'HS512', typ: 'JWT' }, new Uint8Array(Buffer.concat([key, key]))),
  rs256: await sign({}, { alg: 'RS256', typ: 'JWT' }, rsa.privateKey),
  noTyp: await sign({}, { alg: 'HS256' }),
  otherTyp: await sign({}, { alg: 'HS256', typ: 'at+jwt' }),
  keyId: await sign({}, { ...header, kid: '../../dev/null' }),
  otherIssuer: await sign({ iss: 'lastr0' }),
  otherAudience: await sign({ aud: 'lastro-web' }),
  manyAudiences: await sign({ aud: ['lastro-api', 'x'] }),
  expired: await sign({ exp: given.now }),
  notYet: await sign({ nbf: given.now + 60 }),
  textExpiry: await sign({ exp: String(given.now + 900) }),
  extraClaim: await sign({ admin: true }),
  ...Object.fromEntries(await Promise.all(['iss', 'aud', 'sub', 'sid', 'role', 'nbf', 'exp'].map(async (name) => [`without_${name}`, await without(name)]))),
}
process.stdout.write(JSON.stringify({ verified: { payload, protectedHeader }, tokens }))
