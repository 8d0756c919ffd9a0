// A fresh Ed25519 pair as JSON, for tests: {publicKey, privateKey}, both PEM.
import { generateKeyPairSync } from 'node:crypto';

const encoding = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } };
process.stdout.write(JSON.stringify(generateKeyPairSync('ed25519', encoding)));
