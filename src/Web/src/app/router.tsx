import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { meQuery } from '@/api/me'
import { loadRoomTexts } from '@/i18n/setup'
import { lastSymbol } from '@/ui/lastSymbol'
import { NotFound } from './NotFound'
import { Shell } from './Shell'

type Context = { client: QueryClient }

type OrderFilter = 'from' | 'to' | 'pair' | 'coin' | 'side' | 'type' | 'status' | 'account' | 'tag'

/** Filters live in the URL as plain strings; each room reads its own with its model. */
type LabWord = 'strategy' | 'compare' | 'at'
type Filters = Partial<
  Record<'tab' | 'q' | 'quote' | 'sort' | 'asset' | 'kind' | 'range' | OrderFilter | LabWord, string>
>

const words = (search: Record<string, unknown>, ...keys: (keyof Filters)[]): Filters =>
  Object.fromEntries(
    keys.flatMap((key) => (typeof search[key] === 'string' && search[key] ? [[key, search[key]]] : [])),
  )

/** A room and its texts arrive together, so that no key is ever seen. */
function withTexts<T>(rooms: readonly string[], read: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [parts] = await Promise.all([read(), loadRoomTexts(...rooms)])
    return parts
  }
}

const root = createRootRouteWithContext<Context>()({ component: Shell, notFoundComponent: NotFound })

async function mustBeSignedIn({ context, location }: { context: Context; location: { href: string } }): Promise<void> {
  const user = await context.client.ensureQueryData(meQuery)
  if (user === null) throw redirect({ to: '/login', search: { to: location.href } })
}

const returnTo = (search: Record<string, unknown>): { to?: string } =>
  typeof search.to === 'string' && search.to.startsWith('/') && !search.to.startsWith('//') ? { to: search.to } : {}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    const symbol = lastSymbol()
    throw symbol === null ? redirect({ to: '/markets' }) : redirect({ to: '/trade/$symbol', params: { symbol } })
  },
})
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: returnTo,
  component: lazyRouteComponent(() => import('@/rooms/sign-in'), 'LoginPage'),
})
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: returnTo,
  component: lazyRouteComponent(() => import('@/rooms/sign-in'), 'RegisterPage'),
})
const markets = createRoute({
  getParentRoute: () => root,
  path: '/markets',
  validateSearch: (search) => words(search, 'tab', 'q', 'quote', 'sort'),
  component: lazyRouteComponent(
    withTexts(['markets'], () => import('@/rooms/markets')),
    'MarketsPage',
  ),
})
const trade = createRoute({
  getParentRoute: () => root,
  path: '/trade/$symbol',
  component: lazyRouteComponent(() => import('@/rooms/trade'), 'TradePage'),
})
const wallet = createRoute({
  getParentRoute: () => root,
  path: '/wallet',
  beforeLoad: mustBeSignedIn,
  validateSearch: (search) => words(search, 'tab', 'sort', 'asset', 'kind', 'from', 'to', 'range'),
  component: lazyRouteComponent(
    withTexts(['wallet'], () => import('@/rooms/wallet')),
    'WalletPage',
  ),
})
const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  beforeLoad: mustBeSignedIn,
  validateSearch: (search) =>
    words(search, 'tab', 'from', 'to', 'pair', 'coin', 'side', 'type', 'status', 'account', 'q', 'tag'),
  component: lazyRouteComponent(
    withTexts(['orders', 'words'], () => import('@/rooms/orders')),
    'OrdersPage',
  ),
})
const scheduled = createRoute({
  getParentRoute: () => root,
  path: '/orders/scheduled',
  beforeLoad: mustBeSignedIn,
  validateSearch: (search) => words(search, 'status'),
  component: lazyRouteComponent(() => import('@/rooms/trade'), 'ScheduledPage'),
})
const strategies = createRoute({
  getParentRoute: () => root,
  path: '/strategies',
  beforeLoad: mustBeSignedIn,
  component: lazyRouteComponent(
    withTexts(['strategies', 'rules'], () => import('@/rooms/strategies')),
    'StrategiesPage',
  ),
})
const strategy = createRoute({
  getParentRoute: () => root,
  path: '/strategies/$id',
  beforeLoad: mustBeSignedIn,
  validateSearch: (search) => words(search, 'from'),
  component: lazyRouteComponent(
    withTexts(['strategies', 'rules'], () => import('@/rooms/strategies')),
    'StrategyPage',
  ),
})
const lab = createRoute({
  getParentRoute: () => root,
  path: '/lab',
  beforeLoad: mustBeSignedIn,
  validateSearch: (search) => words(search, 'strategy', 'pair', 'compare'),
  component: lazyRouteComponent(
    withTexts(['lab', 'rules'], () => import('@/rooms/lab')),
    'LabPage',
  ),
})
const labRun = createRoute({
  getParentRoute: () => root,
  path: '/lab/$run',
  beforeLoad: mustBeSignedIn,
  validateSearch: (search) => words(search, 'tab', 'sort', 'pair', 'at'),
  component: lazyRouteComponent(
    withTexts(['lab', 'rules'], () => import('@/rooms/lab')),
    'RunPage',
  ),
})
const labSweep = createRoute({
  getParentRoute: () => root,
  path: '/lab/sweep/$run',
  beforeLoad: mustBeSignedIn,
  component: lazyRouteComponent(
    withTexts(['lab', 'rules'], () => import('@/rooms/lab')),
    'SweepPage',
  ),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(
    withTexts(['settings'], () => import('@/rooms/settings')),
    'SettingsPage',
  ),
})
const developers = createRoute({
  getParentRoute: () => root,
  path: '/settings/developers',
  beforeLoad: mustBeSignedIn,
  component: lazyRouteComponent(
    withTexts(['developers'], () => import('@/rooms/developers')),
    'DevelopersPage',
  ),
})

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([
      home,
      login,
      register,
      markets,
      trade,
      orders,
      scheduled,
      wallet,
      strategies,
      strategy,
      lab,
      labRun,
      labSweep,
      settings,
      developers,
    ]),
    context: { client },
    defaultPreload: 'intent',
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
