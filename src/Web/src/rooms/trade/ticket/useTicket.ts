import { useCallback, useEffect, useRef, useState } from 'react'
import { createStore, useStore } from 'zustand'
import { problemOf } from '@/api/problem'
import type { Order } from '@/api/types'
import { toInput } from '@/money/parse'
import type { Market } from '../model'
import { isUnanswered, newClientOrderId } from '../sending'
import { checkTicket, refusalOf } from './check'
import { type Request, requestOf } from './request'
import { send } from './send'
import { emptyTicket, refill } from './shape'
import type { Clock, Complaint, FieldName, Kind, Side, Ticket } from './types'

export type Phase =
  | { kind: 'editing' }
  | { kind: 'confirming'; request: Request; unanswered: boolean }
  | { kind: 'sending'; request: Request }

type State = { ticket: Ticket; phase: Phase; refusal: Complaint | null }
type Start = { kind: Kind; side: Side; amount?: string; startsLater?: boolean }

/** One ticket: what is written, whether it is being sent, what was refused. Outside React, so that two clicks in one frame see each other. */
export function useTicket(
  market: Market,
  accountId: string | null,
  clock: Clock,
  start: Start,
  onPlaced: (orders: Order[]) => void,
) {
  const [store] = useState(() =>
    createStore<State>(() => ({ ticket: begin(start, market, clock), phase: { kind: 'editing' }, refusal: null })),
  )
  const state = useStore(store)
  const now = useRef({ market, accountId, clock, onPlaced })
  useEffect(() => {
    now.current = { market, accountId, clock, onPlaced }
  })
  const change = useCallback(
    (patch: (ticket: Ticket) => Ticket) => {
      const before = store.getState()
      if (before.phase.kind !== 'editing') return
      store.setState({ ticket: refill(patch(before.ticket), now.current.market, now.current.clock), refusal: null })
    },
    [store],
  )
  const write = useCallback(
    (field: FieldName, text: string) =>
      change((ticket) => ({
        ...ticket,
        texts: { ...ticket.texts, [field]: text },
        touched: { ...ticket.touched, [field]: true },
      })),
    [change],
  )
  const { kind, side, startsLater } = start
  const known = market.last !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: prices that nobody wrote are filled once the market is known
  useEffect(() => {
    change((ticket) =>
      ticket.kind === kind && ticket.side === side && (startsLater ?? ticket.startsLater) === ticket.startsLater
        ? ticket
        : {
            ...ticket,
            kind,
            side,
            startsLater: startsLater ?? ticket.startsLater,
            tried: false,
            touched: kept(ticket),
          },
    )
  }, [kind, side, startsLater, known, change])

  const review = (ask: boolean) => {
    const before = store.getState()
    if (before.phase.kind !== 'editing' || accountId === null) return
    const tried = { ...before.ticket, tried: true }
    if (checkTicket(tried, market, clock).length > 0) return store.setState({ ticket: tried, refusal: null })
    const request = requestOf(tried, market, clock, { accountId, clientOrderId: newClientOrderId() })
    store.setState({ ticket: tried, refusal: null, phase: { kind: 'confirming', request, unanswered: false } })
    if (!ask) confirm()
  }
  const confirm = () => {
    const before = store.getState()
    if (before.phase.kind !== 'confirming') return
    const { request } = before.phase
    store.setState({ phase: { kind: 'sending', request } })
    send(request).then(
      (orders) => {
        const { ticket } = store.getState()
        const { amount: _, ...touched } = ticket.touched
        const placed = { ...ticket, texts: { ...ticket.texts, amount: '' }, touched, tried: false }
        store.setState({ phase: { kind: 'editing' }, ticket: placed })
        now.current.onPlaced(orders)
      },
      (error: unknown) => {
        const problem = problemOf(error)
        if (isUnanswered(problem.status, problem.code))
          return store.setState({ phase: { kind: 'confirming', request, unanswered: true } })
        const refusal = refusalOf(problem, store.getState().ticket, now.current.market)
        store.setState({ phase: { kind: 'editing' }, refusal })
      },
    )
  }
  const dismiss = () => {
    if (store.getState().phase.kind === 'confirming') store.setState({ phase: { kind: 'editing' } })
  }
  return { ...state, change, write, review, confirm, dismiss }
}

export type TicketHandle = ReturnType<typeof useTicket>

function begin({ kind, side, amount = '', startsLater = false }: Start, market: Market, clock: Clock): Ticket {
  const empty = emptyTicket(kind, side, market, clock)
  return { ...empty, startsLater, texts: { ...empty.texts, amount } }
}

/** Another type or side: the amount and the times stay, prices are proposed anew. */
const kept = ({ touched }: Ticket): Ticket['touched'] =>
  Object.fromEntries(
    Object.entries(touched).filter(([name]) => ['amount', 'percent', 'expires', 'starts'].includes(name)),
  )

/** A price taken from the book goes where a price is written first. */
export function takePrice(ticket: Ticket, price: string, fields: readonly FieldName[], locale: string): Ticket {
  const field = fields.find((name) => name === 'price') ?? fields.find((name) => name === 'trigger')
  if (field === undefined) return ticket
  return {
    ...ticket,
    texts: { ...ticket.texts, [field]: toInput(price, locale) },
    touched: { ...ticket.touched, [field]: true },
  }
}
