import { api } from '@/api/client'
import { unwrap } from '@/api/problem'
import type { Order } from '@/api/types'
import type { Request } from './request'

export async function send(request: Request): Promise<Order[]> {
  switch (request.path) {
    case 'one':
      return [await unwrap(api.POST('/api/v1/orders', { body: request.body }))]
    case 'oco':
      return (await unwrap(api.POST('/api/v1/orders/oco', { body: request.body }))).orders
    case 'bracket':
      return (await unwrap(api.POST('/api/v1/orders/bracket', { body: request.body }))).orders
  }
}
