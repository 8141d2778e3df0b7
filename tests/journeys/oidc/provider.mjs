// A real OpenID provider for the journeys: `node provider.mjs <issuer> <callback>`.
// Whoever signs in with a name gets the address <name>@town.example; the name says what is claimed of it.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [issuer, callback, modules] = process.argv.slice(2)
const found = createRequire(`${modules}/package.json`).resolve('oidc-provider')
const { default: Provider } = await import(pathToFileURL(found))

function claims (name) {
  const verified = { unsure: false, worded: 'false' }[name.split('.')[0]] ?? true
  return {
    sub: name,
    email: `${name}@town.example`,
    email_verified: verified,
    given_name: 'Nia',
    family_name: 'Newcomer',
    preferred_username: 'root',
    is_superuser: true,
    roles: ['administrator']
  }
}

const provider = new Provider(issuer, {
  clients: [{ client_id: 'kyklos', client_secret: 'only-for-tests', redirect_uris: [callback] }],
  cookies: { keys: ['only-for-tests'] },
  claims: { email: ['email', 'email_verified'], profile: ['given_name', 'family_name', 'preferred_username', 'roles', 'is_superuser'] },
  findAccount: (context, name) => ({ accountId: name, claims: () => claims(name) })
})
const server = provider.listen(Number(new URL(issuer).port), '127.0.0.1', () => console.log('Ready'))
process.on('SIGTERM', () => { server.closeAllConnections(); server.close(() => process.exit(0)) })
