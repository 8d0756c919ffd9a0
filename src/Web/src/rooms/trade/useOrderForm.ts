import { useCallback, useEffect, useRef, useState } from 'react'
import { createStore, useStore } from 'zustand'
import { problemOf } from '@/api/problem'
import type { Order } from '@/api/types'
import { placeOrder } from './api'
import { complaintOf, emptyForm, type Form, type FormEvent, type Market, reduce } from './model'
import { isUnanswered, newClientOrderId } from './sending'

export type OrderFormHandle = {
  form: Form
  send: (event: FormEvent) => void
  /** Asks for confirmation, or sends at once where the user wants no question. */
  review: (ask: boolean) => void
  confirm: () => void
}

/** The state lives outside React, so that two clicks in one frame see each other. */
export function useOrderForm(
  market: Market,
  accountId: string | null,
  onPlaced: (order: Order) => void,
): OrderFormHandle {
  const [store] = useState(() => createStore<Form>(() => emptyForm))
  const form = useStore(store)
  const now = useRef({ market, accountId, onPlaced })
  useEffect(() => {
    now.current = { market, accountId, onPlaced }
  })

  const known = market.last !== null
  useEffect(() => {
    if (known) store.setState(reduce(store.getState(), { kind: 'firstPrice' }, now.current.market), true)
  }, [known, store])

  const send = useCallback(
    (event: FormEvent) => store.setState(reduce(store.getState(), event, now.current.market), true),
    [store],
  )

  const confirm = useCallback(() => {
    const account = now.current.accountId
    const before = store.getState().phase
    if (before.kind !== 'confirming' || account === null) return
    send({ kind: 'confirm' })
    const { draft } = before
    placeOrder(account, draft).then(
      (order) => {
        send({ kind: 'placed' })
        now.current.onPlaced(order)
      },
      (error: unknown) => {
        const problem = problemOf(error)
        if (isUnanswered(problem.status, problem.code)) send({ kind: 'unanswered' })
        else send({ kind: 'refused', complaint: complaintOf(problem, draft, now.current.market.instrument) })
      },
    )
  }, [store, send])

  const review = useCallback(
    (ask: boolean) => {
      send({ kind: 'review', clientOrderId: newClientOrderId() })
      if (!ask) confirm()
    },
    [send, confirm],
  )

  return { form, send, review, confirm }
}
